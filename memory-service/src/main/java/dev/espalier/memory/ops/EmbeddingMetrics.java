package dev.espalier.memory.ops;

import dev.espalier.memory.store.PostgresEmbeddingQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** How many turns wait for their vector, read when the metrics are. */
@Singleton
class EmbeddingMetrics implements MeterBinder {

  private final PostgresEmbeddingQueue queue;

  EmbeddingMetrics(PostgresEmbeddingQueue queue) {
    this.queue = queue;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("espalier.memory.embedding.waiting", queue, q -> q.backlog().waiting())
        .description("Turns that wait for their vector, over all tenants")
        .register(registry);
    Gauge.builder("espalier.memory.embedding.failed", queue, q -> q.backlog().dead())
        .description("Turns that were given up on; they are found by words only")
        .register(registry);
  }
}
