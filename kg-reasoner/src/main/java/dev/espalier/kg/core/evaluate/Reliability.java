package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.network.BoundGraph;
import java.util.List;

/**
 * Whether probabilities come true.
 *
 * @param answers that were judged, of which the graph states none
 * @param right the share of them that is true
 * @param calibrationError how far the share of true answers is from the mean probability, over ten
 *     bins of equal width, weighted by the answers in each
 * @param brier the mean squared difference of probability and truth
 */
public record Reliability(int answers, double right, double calibrationError, double brier) {

  private static final int BINS = 10;

  /**
   * Of the ten best answers to both questions of each triple.
   *
   * @param graph made by the explorer
   * @param known all triples, with the same ids
   */
  public static Reliability of(
      Explorer explorer, BoundGraph graph, KnowledgeGraph known, Triple[] triples) {
    List<Calibrator.Judged> judged = Calibrator.judged(explorer, graph, known, triples);
    double[] probabilities = judged.stream().mapToDouble(j -> j.answer().probability()).toArray();
    boolean[] truths = new boolean[judged.size()];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = judged.get(i).isTrue();
    }
    return of(probabilities, truths);
  }

  static Reliability of(double[] probabilities, boolean[] truths) {
    int n = truths.length;
    double[] expected = new double[BINS];
    double[] right = new double[BINS];
    double brier = 0;
    for (int i = 0; i < n; i++) {
      int bin = Math.min(BINS - 1, (int) (probabilities[i] * BINS));
      double truth = truths[i] ? 1 : 0;
      expected[bin] += probabilities[i];
      right[bin] += truth;
      brier += (probabilities[i] - truth) * (probabilities[i] - truth);
    }
    double error = 0;
    double all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(expected[bin] - right[bin]);
      all += right[bin];
    }
    double count = Math.max(1, n);
    return new Reliability(n, all / count, error / count, brier / count);
  }
}
