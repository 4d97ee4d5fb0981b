package dev.espalier.gateway.ops;

import dev.espalier.gateway.upstream.llm.ModelCalls;
import dev.espalier.gateway.upstream.llm.ModelClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How the upstreams of language models are: their breakers, and the calls that are not over. */
@Singleton
final class ModelGauges implements MeterBinder {

  private final ModelCalls models;

  @Inject
  ModelGauges(ModelCalls models) {
    this.models = models;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (ModelClient upstream : models.upstreams()) {
      Gauge.builder("espalier.gateway.llm.breaker", upstream, ModelClient::breakerLevel)
          .tag("upstream", upstream.name())
          .register(registry);
      Gauge.builder("espalier.gateway.llm.calls", upstream, ModelClient::inFlight)
          .tag("upstream", upstream.name())
          .register(registry);
    }
  }
}
