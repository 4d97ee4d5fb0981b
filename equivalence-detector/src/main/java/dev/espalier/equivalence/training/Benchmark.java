package dev.espalier.equivalence.training;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.compare.StepEncoder;
import dev.espalier.equivalence.core.group.Candidate;
import dev.espalier.equivalence.encoder.MiniLmEncoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Prints the CPU time of grouping sibling steps, and how often the encoder is called. */
public final class Benchmark {

  private static final int WARM_UP = 400;
  private static final int ROUNDS = 400;
  private static final float[] NO_VECTOR = {};

  private static final List<String> COMPUTED =
      List.of(
          "The farmer picks %d * 4 = %d apples.",
          "So there are %d x 4 = %d apples in the baskets.",
          "He needs %d + 7 = %d baskets, because the old ones are broken.",
          "Each basket holds %d - 2 = %d pears.",
          "That makes $%d * 3 = $%d for the farmer.");

  private static final List<String> WORDED =
      List.of(
          "Since the baskets are of different size, the farmer has to weigh them.",
          "The farmer sells everything on the market, so nothing is left on day %d.",
          "We note that the apples of the second tree are smaller than the others.",
          "Because the order of the baskets is not important, we look at combinations.",
          "The remaining trees are younger and carry hardly any fruit at all.");

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Random random = new Random(1);

  private Benchmark() {}

  public static void main(String[] args) {
    Benchmark benchmark = new Benchmark();
    try (MiniLmEncoder encoder = MiniLmEncoder.load()) {
      benchmark.print("10 computed steps, no encoder", 10, COMPUTED, text -> NO_VECTOR);
      benchmark.print("10 worded steps, no encoder", 10, WORDED, text -> NO_VECTOR);
      benchmark.print("10 computed steps, encoder", 10, COMPUTED, encoder);
      benchmark.print("10 worded steps, encoder", 10, WORDED, encoder);
      benchmark.print("64 computed steps, encoder", 64, COMPUTED, encoder);
      benchmark.print("64 worded steps, encoder", 64, WORDED, encoder);
      benchmark.print("256 worded steps, no encoder", 256, WORDED, text -> NO_VECTOR);
    }
  }

  private void print(String name, int steps, List<String> templates, StepEncoder encoder) {
    EquivalenceDetector detector =
        new EquivalenceDetector(DetectorArtefact.shipped().combiner(), encoder);
    int scale = steps > 10 ? 16 : 1;
    double[] millis = new double[ROUNDS / scale];
    int calls = 0;
    for (int round = -WARM_UP / scale; round < millis.length; round++) {
      List<Candidate> candidates = candidates(steps, templates);
      long before = threads.getCurrentThreadCpuTime();
      int encoded =
          detector
              .group(
                  "A farmer has 12 trees and 30 baskets. How much does he earn?",
                  List.of("He has 12 trees."),
                  candidates,
                  detector.defaultThreshold(),
                  Optional.empty())
              .encoderCalls();
      if (round >= 0) {
        millis[round] = (threads.getCurrentThreadCpuTime() - before) / 1e6;
        calls = Math.max(calls, encoded);
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "%-32s CPU ms: p50 %.2f, p95 %.2f; encoder texts at most %d of %d steps%n",
        name,
        millis[millis.length / 2],
        millis[millis.length * 95 / 100],
        encoder instanceof MiniLmEncoder ? calls : 0,
        steps);
  }

  private List<Candidate> candidates(int steps, List<String> templates) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int n = 2 + random.nextInt(40);
      String text = templates.get(i % templates.size()).formatted(n, n * 4);
      String variant = i < templates.size() ? text : text + " (Variant " + i + ")";
      candidates.add(new Candidate("s" + i, variant, Optional.empty(), false, 1));
    }
    return candidates;
  }
}
