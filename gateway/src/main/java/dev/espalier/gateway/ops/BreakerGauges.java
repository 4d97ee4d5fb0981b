package dev.espalier.gateway.ops;

import dev.espalier.gateway.upstream.Upstream;
import dev.espalier.gateway.upstream.Upstreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The state of every service's breaker: 0 closed, 1 half-open, 2 open. */
@Singleton
final class BreakerGauges implements MeterBinder {

  private final Upstreams upstreams;

  @Inject
  BreakerGauges(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Upstream upstream : upstreams.all()) {
      Gauge.builder("espalier.gateway.breaker", upstream, BreakerGauges::level)
          .tag("service", upstream.name())
          .register(registry);
    }
  }

  private static double level(Upstream upstream) {
    return switch (upstream.breaker()) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}
