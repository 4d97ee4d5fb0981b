package dev.espalier.gateway.ops;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.core.spending.MeteredSpending;
import dev.espalier.gateway.store.PostgresBudgets;
import dev.espalier.gateway.store.PostgresUsage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * What has to be done with the database from time to time. The refresh of the keys has a thread of
 * its own: nothing else may delay a revocation.
 */
@Singleton
final class Housekeeping {

  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration FLUSH = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final Duration PURGE = Duration.ofMinutes(10);

  private final DatabaseSwitch database;
  private final AccessRefresh refresh;
  private final UsageWriter usageWriter;
  private final PostgresUsage usage;
  private final PostgresBudgets budgets;
  private final MeteredSpending spending;
  private final GatewayConfig config;
  private final Clock clock;
  private final ScheduledExecutorService threads;
  private final AtomicBoolean isAway = new AtomicBoolean();

  @Inject
  Housekeeping(
      DatabaseSwitch database,
      AccessRefresh refresh,
      UsageWriter usageWriter,
      PostgresUsage usage,
      PostgresBudgets budgets,
      MeteredSpending spending,
      GatewayConfig config,
      Clock clock) {
    this.database = database;
    this.refresh = refresh;
    this.usageWriter = usageWriter;
    this.usage = usage;
    this.budgets = budgets;
    this.spending = spending;
    this.config = config;
    this.clock = clock;
    this.threads =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "housekeeping");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start(@Observes StartupEvent event) {
    if (!database.isOn()) {
      LOG.info("no database is configured: configured keys only, no budgets, no usage records");
      return;
    }
    // Once before the first request, so that the keys of the database are there with the port.
    watch();
    every(config.access().refreshEvery(), this::watch);
    every(FLUSH, () -> quietly(usageWriter::flush));
    every(FLUSH, () -> quietly(spending::settleRest));
    every(SWEEP, () -> quietly(this::release));
    every(PURGE, () -> quietly(this::purge));
  }

  void stop(@Observes ShutdownEvent event) {
    threads.shutdownNow();
    if (database.isOn()) {
      quietly(usageWriter::flush);
    }
  }

  private void every(Duration pause, Runnable work) {
    threads.scheduleWithFixedDelay(work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void watch() {
    try {
      refresh.now();
      if (isAway.getAndSet(false)) {
        LOG.info("the database answers again");
      }
    } catch (RuntimeException e) {
      if (!isAway.getAndSet(true)) {
        LOG.warnf(
            "the database does not answer: configured keys work, others for %s: %s",
            config.access().maxStaleness(), e.getMessage());
      }
      LOG.debug("no refresh", e);
    }
  }

  private void release() {
    long released = budgets.releaseDue(clock.instant());
    if (released > 0) {
      LOG.warnf("%d reservations were released that nobody had settled in time", released);
    }
  }

  private void purge() {
    usage.purge(clock.instant().minus(config.spending().usageRetention()));
  }

  /** Whether the database is away is said once, by the refresh. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.debug("not done now", e);
    }
  }
}
