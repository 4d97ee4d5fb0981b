package dev.espalier.memory.core.reembedding;

import java.util.List;

/**
 * How far two models agree on what is near.
 *
 * @param queries how many questions were asked of both
 * @param overlap the mean share of the k nearest that both name
 * @param lowest the share of the question they agree least on
 * @param seed of the sample, where turns stood in for questions
 */
public record Comparison(int k, int queries, double overlap, double lowest, long seed) {

  static Comparison of(int k, List<Double> overlaps, long seed) {
    return new Comparison(
        k,
        overlaps.size(),
        overlaps.stream().mapToDouble(Double::doubleValue).average().orElse(0),
        overlaps.stream().mapToDouble(Double::doubleValue).min().orElse(0),
        seed);
  }
}
