package dev.espalier.gateway.ops;

import dev.espalier.gateway.core.spending.CallWatch;
import dev.espalier.gateway.core.spending.Charge;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Calls to language models as spans and as metrics: how long, how many tokens, for which model.
 * Neither has a word of a prompt or an answer.
 */
@Singleton
final class ModelCallTelemetry implements CallWatch {

  private static final String COMPLETED = "completed";

  /** A model's name is the client's text, and every one would be a time series for ever. */
  private static final int MAX_MODELS = 100;

  private static final String OTHER_MODEL = "other";

  private final MeterRegistry metrics;
  private final Tracer tracer;
  private final Set<String> models = ConcurrentHashMap.newKeySet();

  @Inject
  ModelCallTelemetry(MeterRegistry metrics, Tracer tracer) {
    this.metrics = metrics;
    this.tracer = tracer;
  }

  @Override
  public Watched begin(String operation, String model) {
    long start = System.nanoTime();
    Span span =
        tracer
            .spanBuilder(operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(GenAi.OPERATION, operation)
            .setAttribute(GenAi.MODEL, model)
            .startSpan();
    return (used, outcome) -> {
      measure(operation, model, used, outcome, System.nanoTime() - start);
      finish(span, used, outcome);
    };
  }

  private void measure(String operation, String model, Charge used, String outcome, long nanos) {
    Tags tags = Tags.of(GenAi.OPERATION, operation, GenAi.MODEL, series(model));
    metrics.timer(GenAi.DURATION, tags.and("outcome", outcome)).record(nanos, TimeUnit.NANOSECONDS);
    tokens(tags, GenAi.INPUT, used.promptTokens());
    tokens(tags, GenAi.OUTPUT, used.completionTokens());
    metrics.counter("espalier.gateway.spent.nanos", tags).increment(used.nanos());
  }

  private void tokens(Tags tags, String type, long tokens) {
    if (tokens > 0) {
      DistributionSummary.builder(GenAi.TOKEN_USAGE)
          .tags(tags.and(GenAi.TOKEN_TYPE, type))
          .register(metrics)
          .record(tokens);
    }
  }

  private static void finish(Span span, Charge used, String outcome) {
    span.setAttribute(GenAi.INPUT_TOKENS, used.promptTokens());
    span.setAttribute(GenAi.OUTPUT_TOKENS, used.completionTokens());
    if (!outcome.equals(COMPLETED)) {
      span.setAttribute(GenAi.ERROR_TYPE, outcome);
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private String series(String model) {
    boolean isKnown = models.contains(model) || (models.size() < MAX_MODELS && models.add(model));
    return isKnown ? model : OTHER_MODEL;
  }
}
