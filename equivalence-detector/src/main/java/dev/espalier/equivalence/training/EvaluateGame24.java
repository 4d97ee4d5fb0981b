package dev.espalier.equivalence.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.EquivalenceDetector.Pair;
import dev.espalier.equivalence.core.group.StateSignature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures state equality on recorded Game-of-24 proposals, where the truth is exact: two proposals
 * lead to the same state when the same numbers are left. Pairs of siblings are decided by the
 * detector, pairs of any branches by the state signature. Option: {@code --runs FILE}.
 */
public final class EvaluateGame24 {

  /** More digits than any proposal writes, and fewer than a periodic fraction has. */
  private static final MathContext DIGITS = new MathContext(20);

  private static final float[] NO_VECTOR = {};

  private record Proposal(List<String> prefix, String step, List<BigDecimal> left) {}

  private final EquivalenceDetector detector =
      new EquivalenceDetector(DetectorArtefact.shipped().combiner(), text -> NO_VECTOR);
  private final int[] siblings = new int[4];
  private final int[] signatures = new int[4];

  private EvaluateGame24() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    JsonNode runs = new ObjectMapper().readTree(arguments.requiredPath("runs").toFile());
    EvaluateGame24 evaluation = new EvaluateGame24();
    for (JsonNode run : runs) {
      for (JsonNode step : run.path("steps")) {
        evaluation.measure(step.path("x").asText(), proposals(step.path("new_ys")));
      }
    }
    System.out.println("sibling pairs    " + text(evaluation.siblings));
    System.out.println("state signatures " + text(evaluation.signatures));
  }

  private void measure(String numbers, List<Proposal> proposals) {
    String problem = "Use the numbers " + numbers + " to make 24.";
    List<String> found = new ArrayList<>();
    for (Proposal p : proposals) {
      found.add(new StateSignature(problem, p.prefix()).after(p.step()));
    }
    for (int i = 0; i < proposals.size(); i++) {
      for (int j = i + 1; j < proposals.size(); j++) {
        Proposal a = proposals.get(i);
        Proposal b = proposals.get(j);
        boolean truth = a.left().equals(b.left());
        count(signatures, truth, found.get(i).equals(found.get(j)));
        if (a.prefix().equals(b.prefix())) {
          Pair pair = new Pair("", problem, a.prefix(), a.step(), b.step());
          boolean decided = detector.compare(List.of(pair), 0.5).verdicts().get(0).isEquivalent();
          count(siblings, truth, decided);
        }
      }
    }
  }

  private static List<Proposal> proposals(JsonNode texts) {
    List<Proposal> proposals = new ArrayList<>();
    for (JsonNode text : texts) {
      List<String> lines = text.asText().strip().lines().toList();
      String step = lines.get(lines.size() - 1);
      left(step)
          .ifPresent(
              left -> proposals.add(new Proposal(lines.subList(0, lines.size() - 1), step, left)));
    }
    return proposals;
  }

  private static Optional<List<BigDecimal>> left(String step) {
    int from = step.indexOf("(left: ");
    int to = step.lastIndexOf(')');
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    try {
      List<BigDecimal> numbers = new ArrayList<>();
      for (String number : step.substring(from + 7, to).strip().split("[ ,]+")) {
        numbers.add(number(number));
      }
      return Optional.of(numbers.stream().sorted().toList());
    } catch (ArithmeticException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static BigDecimal number(String text) {
    String[] parts = text.replaceAll("[()]", "").split("/");
    BigDecimal top = new BigDecimal(parts[0]);
    BigDecimal value = parts.length == 1 ? top : top.divide(new BigDecimal(parts[1]), DIGITS);
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  private static void count(int[] table, boolean truth, boolean decided) {
    table[(truth ? 2 : 0) + (decided ? 1 : 0)]++;
  }

  private static String text(int[] t) {
    return "%d pairs, %d equal: precision %.4f, recall %.4f (%d false, %d missed)"
        .formatted(
            t[0] + t[1] + t[2] + t[3],
            t[2] + t[3],
            (double) t[3] / Math.max(1, t[3] + t[1]),
            (double) t[3] / Math.max(1, t[3] + t[2]),
            t[1],
            t[2]);
  }
}
