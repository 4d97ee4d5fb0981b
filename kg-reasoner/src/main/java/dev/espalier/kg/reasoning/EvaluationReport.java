package dev.espalier.kg.reasoning;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.kg.core.evaluate.Evaluation;
import dev.espalier.kg.core.evaluate.RankMetrics;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How well a model ranks, as JSON; filtered, both directions.
 *
 * @param mean ties count as the middle of their ranks: the figure to compare by
 * @param optimistic ties count as their best rank
 * @param pessimistic ties count as their worst rank
 * @param ceiling the share of answers that any path of the model's length reaches
 * @param answers how many were ranked, two a triple
 * @param interval 95 %, of the mean MRR
 * @param latency CPU time of a query
 */
@Schema(name = "Evaluation")
public record EvaluationReport(
    Ranks mean,
    Ranks optimistic,
    Ranks pessimistic,
    double ceiling,
    int answers,
    Interval interval,
    Latency latency) {

  public static EvaluationReport of(Evaluation evaluation) {
    return new EvaluationReport(
        Ranks.of(evaluation.mean()),
        Ranks.of(evaluation.optimistic()),
        Ranks.of(evaluation.pessimistic()),
        evaluation.ceiling(),
        evaluation.answers(),
        new Interval(
            evaluation.interval().low(),
            evaluation.interval().high(),
            evaluation.interval().seed()),
        new Latency(evaluation.latency().p50(), evaluation.latency().p95()));
  }

  /** Means over ranks. */
  @Schema(name = "RankMetrics")
  public record Ranks(
      double mrr,
      @JsonProperty("hits_at_1") double hitsAt1,
      @JsonProperty("hits_at_3") double hitsAt3,
      @JsonProperty("hits_at_10") double hitsAt10) {

    static Ranks of(RankMetrics metrics) {
      return new Ranks(metrics.mrr(), metrics.hitsAt1(), metrics.hitsAt3(), metrics.hitsAt10());
    }
  }

  /** A bootstrap interval and the seed of its resampling. */
  @Schema(name = "BootstrapInterval")
  public record Interval(double low, double high, long seed) {}

  /** Milliseconds. */
  @Schema(name = "QueryLatency")
  public record Latency(double p50Ms, double p95Ms) {}
}
