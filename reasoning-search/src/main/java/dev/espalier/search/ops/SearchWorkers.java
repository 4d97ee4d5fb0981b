package dev.espalier.search.ops;

import dev.espalier.persistence.LeaseWorkers;
import dev.espalier.search.config.SearchConfig;
import dev.espalier.search.store.SearchTasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs searches: those that this replica takes in, and those that another one left behind. When the
 * process stops, no further call is made, the calls in flight are written down, and the searches
 * are free for others.
 */
@ApplicationScoped
public class SearchWorkers {

  private static final Logger LOG = Logger.getLogger(SearchWorkers.class);

  private final SearchConfig config;
  private final SearchTasks tasks;
  private final String worker = "w-" + UUID.randomUUID();
  private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();
  private final LeaseWorkers workers;
  private final ScheduledExecutorService looksForCancellations;

  SearchWorkers(SearchConfig config, SearchTasks tasks, SearchJobs jobs) {
    this.config = config;
    this.tasks = tasks;
    SearchConfig.Workers settings = config.workers();
    workers =
        new LeaseWorkers(
            tasks.leases(),
            new LeaseWorkers.Settings(
                worker,
                settings.concurrency(),
                settings.lease(),
                settings.poll(),
                settings.stopTimeout()),
            (lease, shouldStop) -> {
              try {
                jobs.run(lease, worker, shouldStop, () -> cancelled.contains(lease.id()));
              } finally {
                cancelled.remove(lease.id());
              }
            });
    looksForCancellations =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cancellations");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start(@Observes StartupEvent event) {
    if (config.workers().concurrency() == 0) {
      LOG.info("no workers: other replicas run the searches");
      return;
    }
    LOG.infof("worker %s: %d searches at once", worker, config.workers().concurrency());
    workers.start();
    long poll = config.workers().poll().toMillis();
    looksForCancellations.scheduleWithFixedDelay(
        this::lookForCancellations, poll, poll, TimeUnit.MILLISECONDS);
    // Requests in flight hold up the stop; no search may start a call meanwhile.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-workers"));
  }

  void stop(@Observes ShutdownEvent event) {
    close();
  }

  /** A search was taken in. */
  public void wake() {
    workers.wake();
  }

  /** A search was asked to end; whoever else runs it looks for that by itself. */
  public void cancel(UUID search) {
    if (workers.isHeld(search)) {
      cancelled.add(search);
    }
  }

  int running() {
    return workers.running();
  }

  private void lookForCancellations() {
    try {
      if (workers.running() > 0) {
        tasks.cancelled(worker).forEach(this::cancel);
      }
    } catch (RuntimeException e) {
      LOG.debugf("no look for cancellations: %s", e.toString());
    }
  }

  private void close() {
    looksForCancellations.shutdownNow();
    workers.close();
  }
}
