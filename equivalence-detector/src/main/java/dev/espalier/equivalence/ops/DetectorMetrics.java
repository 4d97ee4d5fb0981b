package dev.espalier.equivalence.ops;

import dev.espalier.equivalence.core.compare.PairJudge;
import dev.espalier.equivalence.core.compare.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Counts pairs by verdict and tier, encoder calls, judge calls and tokens, and time. */
@ApplicationScoped
public class DetectorMetrics {

  private final MeterRegistry registry;

  DetectorMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Runs the work and records how long it took. */
  public <T> T timed(String operation, Supplier<T> work) {
    return Objects.requireNonNull(
        registry.timer("equivalence.time", "operation", operation).record(work));
  }

  public void count(List<Verdict> verdicts, int encoderCalls, PairJudge.Usage usage) {
    for (Verdict verdict : verdicts) {
      registry
          .counter(
              "equivalence.pairs",
              "equivalent",
              Boolean.toString(verdict.isEquivalent()),
              "tier",
              verdict.tier().code())
          .increment();
    }
    registry.counter("equivalence.encoder.calls").increment(encoderCalls);
    registry.counter("equivalence.judge.calls").increment(usage.calls());
    registry
        .counter("equivalence.judge.tokens")
        .increment((double) usage.promptTokens() + usage.completionTokens());
  }
}
