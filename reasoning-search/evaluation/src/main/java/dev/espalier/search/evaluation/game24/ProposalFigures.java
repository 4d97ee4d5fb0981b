package dev.espalier.search.evaluation.game24;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.maths.Rational;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Options;
import dev.espalier.search.core.arithmetic.ArithmeticStep;
import dev.espalier.search.core.arithmetic.Move;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The command {@code evaluate proposals}: how a model proposed steps in recorded runs of Tree of
 * Thoughts on the Game of 24. The defaults of the arithmetic proposer are these figures.
 */
public final class ProposalFigures implements Command {

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<Integer, List<Integer>> lists = new TreeMap<>();

  @Override
  public String usage() {
    return """
        evaluate proposals         how a model proposed steps of the Game of 24
          --runs FILE              recorded runs of Tree of Thoughts
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    String file = Options.parse(arguments, Set.of("--runs"), Set.of()).text("--runs");
    if (file == null) {
      throw new CommandException("--runs needs a file");
    }
    try {
      for (JsonNode run : new ObjectMapper().readTree(Path.of(file).toFile())) {
        // The fourth list is no proposal: it asks for the whole expression.
        for (int i = 0; i < Math.min(3, run.path("steps").size()); i++) {
          level(run.path("steps").get(i));
        }
      }
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
    print(out);
  }

  /** All proposals of one level of one run, by the steps that they follow. */
  private void level(JsonNode level) {
    Map<List<String>, List<String>> byPrefix = new LinkedHashMap<>();
    for (JsonNode proposal : level.path("new_ys")) {
      List<String> lines = proposal.asText().strip().lines().toList();
      if (lines.get(lines.size() - 1).contains("left:")) {
        byPrefix
            .computeIfAbsent(lines.subList(0, lines.size() - 1), p -> new ArrayList<>())
            .add(lines.get(lines.size() - 1));
      }
    }
    Set<List<Rational>> ofLevel = new HashSet<>();
    byPrefix.forEach(
        (prefix, steps) -> {
          lists
              .computeIfAbsent(level.path("step").asInt(), l -> new ArrayList<>())
              .add(steps.size());
          siblings(before(level.path("x").asText(), prefix), steps, ofLevel);
        });
  }

  private static List<Rational> before(String numbers, List<String> prefix) {
    String last =
        prefix.isEmpty() ? "1 + 1 = 2 (left: " + numbers + ")" : prefix.get(prefix.size() - 1);
    return ArithmeticStep.parse(last).map(ArithmeticStep::left).orElse(List.of());
  }

  private void siblings(List<Rational> before, List<String> steps, Set<List<Rational>> level) {
    Set<String> texts = new HashSet<>();
    Set<List<Rational>> states = new HashSet<>();
    Set<Move> proposed = new HashSet<>();
    for (String text : steps) {
      ArithmeticStep step = ArithmeticStep.parse(text).orElse(null);
      if (step == null) {
        count("unreadable");
        continue;
      }
      count("readable");
      Move move = step.move();
      boolean isAscending = move.left().compareTo(move.right()) < 0;
      if (move.operator().isCommutative() && !move.left().equals(move.right())) {
        count("sum or product");
        count(isAscending, "sum or product, smaller number first");
      }
      proposed.add(move);
      proposed.add(
          move.operator().isCommutative()
              ? new Move(/* left= */ move.right(), move.operator(), /* right= */ move.left())
              : move);
      List<Rational> left = step.left().stream().sorted().toList();
      count(step.left().equals(left), "left in order");
      count(!step.isRight(), "result wrong or rounded");
      count(!before.isEmpty() && !isConsistent(before, step), "numbers left are wrong");
      boolean isSaid = !texts.add(text);
      boolean isReached = !states.add(left);
      count(isSaid, "repeats a sibling verbatim");
      count(isReached && !isSaid, "repeats a sibling's state in other words");
      count(!level.add(left), "repeats a state of its level");
    }
    for (Move move : Move.legal(before)) {
      count("legal " + kind(move));
      count(proposed.contains(move), "legal " + kind(move) + ", proposed");
    }
  }

  private static String kind(Move move) {
    Rational result = move.result();
    return switch (move.operator()) {
      case PLUS, TIMES -> move.operator().sign();
      case MINUS -> result.signum() < 0 ? "- below 0" : "-";
      case DIVIDED_BY -> result.isInteger() ? "/ whole" : "/ fraction";
    };
  }

  private static boolean isConsistent(List<Rational> before, ArithmeticStep step) {
    List<Rational> rest = new ArrayList<>(before);
    boolean isPossible = rest.remove(step.move().left()) && rest.remove(step.move().right());
    rest.add(step.result());
    return !isPossible
        || rest.stream().sorted().toList().equals(step.left().stream().sorted().toList());
  }

  private void count(boolean isSo, String name) {
    if (isSo) {
      count(name);
    }
  }

  private void count(String name) {
    counts.merge(name, 1, Integer::sum);
  }

  private void print(PrintStream out) {
    int readable = counts.getOrDefault("readable", 0);
    counts.forEach(
        (name, count) ->
            out.printf(Locale.ROOT, "%-45s %6d %6.1f %%%n", name, count, 100.0 * count / readable));
    lists.forEach(
        (level, sizes) ->
            out.printf(
                Locale.ROOT,
                "step %d: %.1f proposals a list (%d lists)%n",
                level + 1,
                sizes.stream().mapToInt(Integer::intValue).average().orElse(0),
                sizes.size()));
  }
}
