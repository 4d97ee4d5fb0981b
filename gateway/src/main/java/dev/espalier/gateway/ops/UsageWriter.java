package dev.espalier.gateway.ops;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.core.spending.Usage;
import dev.espalier.gateway.core.spending.UsageLog;
import dev.espalier.gateway.store.PostgresUsage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Keeps usage records until they are written. A call never waits for that; when the database is
 * away for so long that the queue is full, records are dropped and counted.
 */
@Singleton
public final class UsageWriter implements UsageLog {

  private static final int BATCH = 500;

  private final PostgresUsage store;
  private final BlockingQueue<Usage> waiting;
  private final List<Usage> batch = new ArrayList<>();
  private final Counter dropped;
  private final boolean hasDatabase;

  @Inject
  UsageWriter(
      PostgresUsage store, DatabaseSwitch database, GatewayConfig config, MeterRegistry metrics) {
    this.store = store;
    this.hasDatabase = database.isOn();
    this.waiting = new ArrayBlockingQueue<>(config.spending().usageQueue());
    this.dropped =
        Counter.builder("espalier.gateway.usage.dropped")
            .description("Usage records that found the queue full")
            .register(metrics);
  }

  @Override
  public void record(Usage usage) {
    if (hasDatabase && !waiting.offer(usage)) {
      dropped.increment();
    }
  }

  /** Writes what waits. Blocks; what could not be written is written next time. */
  public synchronized void flush() {
    while (!batch.isEmpty() || waiting.drainTo(batch, BATCH) > 0) {
      store.add(batch);
      batch.clear();
    }
  }
}
