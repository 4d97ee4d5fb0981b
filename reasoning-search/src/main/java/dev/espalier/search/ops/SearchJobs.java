package dev.espalier.search.ops;

import dev.espalier.persistence.Lease;
import dev.espalier.search.config.SearchConfig;
import dev.espalier.search.core.event.StaleWorkerException;
import dev.espalier.search.core.run.MonotonicClock;
import dev.espalier.search.core.run.SearchRun;
import dev.espalier.search.core.run.SearchSettings;
import dev.espalier.search.store.HeldSearch;
import dev.espalier.search.store.HeldSearches;
import dev.espalier.search.store.SearchStatus;
import dev.espalier.search.upstream.Ports;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** What a worker does with one search. */
@ApplicationScoped
class SearchJobs {

  private static final Logger LOG = Logger.getLogger(SearchJobs.class);
  private static final long IDLE_SECONDS = 30;

  private final SearchConfig config;
  private final HeldSearches searches;
  private final Ports ports;
  private final EventStreams streams;
  private final MeterRegistry metrics;
  private final ThreadPoolExecutor calls;

  SearchJobs(
      SearchConfig config,
      HeldSearches searches,
      Ports ports,
      EventStreams streams,
      MeterRegistry metrics) {
    this.config = config;
    this.searches = searches;
    this.ports = ports;
    this.streams = streams;
    this.metrics = metrics;
    AtomicInteger number = new AtomicInteger();
    int size = config.workers().calls();
    calls =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "call-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    calls.allowCoreThreadTimeOut(true);
  }

  void stop(@Observes ShutdownEvent event) {
    calls.shutdown();
  }

  void run(Lease lease, String worker, BooleanSupplier shouldStop, BooleanSupplier isCancelled) {
    Optional<HeldSearch> held = searches.open(lease, worker, shouldStop, streams::wake);
    if (held.isEmpty()) {
      return;
    }
    HeldSearch search = held.get();
    if (lease.failures() >= config.workers().maxFailures()) {
      LOG.errorf("search %s is given up after %d failures", lease.id(), lease.failures());
      search.fail("search.internal_error");
      count(SearchStatus.FAILED);
      return;
    }
    SearchRun run =
        new SearchRun(
            search.spec(),
            ports.of(search.spec()),
            search.log(),
            search.history(),
            SearchSettings.DEFAULT,
            new MonotonicClock(),
            calls,
            lease.tenant(),
            lease.id().toString(),
            isCancelled);
    try {
      count(search.finish(run.run()));
    } catch (StaleWorkerException e) {
      if (!shouldStop.getAsBoolean()) {
        throw e;
      }
      search.pause();
    }
  }

  private void count(SearchStatus status) {
    metrics
        .counter("espalier.search.finished", "status", status.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
