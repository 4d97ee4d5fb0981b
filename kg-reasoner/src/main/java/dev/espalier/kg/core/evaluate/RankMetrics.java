package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.evaluate.Rank.Ties;
import java.util.List;

/** Means over ranks. */
public record RankMetrics(double mrr, double hitsAt1, double hitsAt3, double hitsAt10) {

  /** All 0 for no ranks. A rank of 1.5, the first of two equals, is no hit at 1. */
  public static RankMetrics of(List<Rank> ranks, Ties ties) {
    double reciprocal = 0;
    int[] hits = new int[3];
    for (Rank rank : ranks) {
      double value = rank.value(ties);
      reciprocal += 1 / value;
      hits[0] += value <= 1 ? 1 : 0;
      hits[1] += value <= 3 ? 1 : 0;
      hits[2] += value <= 10 ? 1 : 0;
    }
    double n = Math.max(1, ranks.size());
    return new RankMetrics(reciprocal / n, hits[0] / n, hits[1] / n, hits[2] / n);
  }
}
