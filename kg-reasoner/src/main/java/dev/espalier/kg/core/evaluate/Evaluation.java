package dev.espalier.kg.core.evaluate;

/**
 * How well a model ranks the right answers, other known answers left out, both directions.
 *
 * @param mean ties count as the middle of their ranks: the figure to compare by
 * @param ceiling the share of answers that any path of the model's length reaches
 * @param answers how many were ranked, two per triple
 * @param interval of the mean MRR, triples drawn as clusters
 * @param latency of a query
 */
public record Evaluation(
    RankMetrics mean,
    RankMetrics optimistic,
    RankMetrics pessimistic,
    double ceiling,
    int answers,
    Interval interval,
    Latency latency) {

  /** Percentiles of the CPU time of a query, in milliseconds. */
  public record Latency(double p50, double p95) {}
}
