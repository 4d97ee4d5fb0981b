package dev.espalier.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Claims tasks while it has a thread for them, keeps their leases alive, and gives back what it
 * cannot finish. One thread claims, one sends heartbeats, the others run one task each.
 */
public final class LeaseWorkers implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LeaseWorkers.class);

  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 8;

  /** A lease survives that many heartbeats that did not come through. */
  private static final int HEARTBEATS_PER_LEASE = 3;

  /**
   * How to work.
   *
   * @param worker the name of this process, which no other one has
   * @param concurrency how many tasks run at once
   * @param lease how long a task stays ours without a heartbeat
   * @param poll how often to look for what other replicas added
   * @param stopTimeout how long tasks may take to stop
   */
  public record Settings(
      String worker, int concurrency, Duration lease, Duration poll, Duration stopTimeout) {}

  /** What is done with a task. */
  @FunctionalInterface
  public interface Job {

    /**
     * Works until the task has ended, or until it is told to stop. Whatever it writes, it writes
     * after {@link Leases#require}; the last write calls {@link Leases#end}. A task that has not
     * ended is given back; one that threw is tried again after a pause that doubles.
     *
     * @param shouldStop whether the process stops, or the lease is lost
     */
    void run(Lease lease, BooleanSupplier shouldStop);
  }

  private final Leases leases;
  private final Settings settings;
  private final Job job;
  private final Semaphore free;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Map<UUID, Lease> held = new ConcurrentHashMap<>();
  private final ExecutorService pool;
  private final List<Thread> threads;
  private final Outage claims = new Outage(Clock.systemUTC(), LOG::warn, "no task can be claimed");
  private volatile boolean isStopping;

  public LeaseWorkers(Leases leases, Settings settings, Job job) {
    this.leases = leases;
    this.settings = settings;
    this.job = job;
    free = new Semaphore(settings.concurrency());
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "task-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads = List.of(new Thread(this::claim, "claim"), new Thread(this::beat, "heartbeat"));
  }

  public void start() {
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** A task was added by this process. */
  public void wake() {
    wakeUp.release();
  }

  /** How many tasks run here. */
  public int running() {
    return held.size();
  }

  public boolean isHeld(UUID task) {
    return held.containsKey(task);
  }

  /** Claims nothing more, tells every task to stop, and gives back those that have. */
  @Override
  public void close() {
    isStopping = true;
    threads.forEach(Thread::interrupt);
    pool.shutdown();
    try {
      if (!pool.awaitTermination(settings.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Whatever still runs is late from here on: the next claim raises its fence.
    held.values().forEach(lease -> giveBack(lease, Duration.ZERO, false));
  }

  private void claim() {
    try {
      while (!isStopping) {
        free.acquire();
        Optional<Lease> claimed = claimOne();
        if (claimed.isPresent()) {
          run(claimed.get());
        } else {
          free.release();
          wakeUp.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
          wakeUp.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Lease> claimOne() throws InterruptedException {
    try {
      Optional<Lease> claimed = leases.claim(settings.worker(), settings.lease());
      claims.succeeded();
      return claimed;
    } catch (RuntimeException e) {
      if (!isStopping) {
        claims.failed(e);
        TimeUnit.MILLISECONDS.sleep(AFTER_OUTAGE.toMillis());
      }
      return Optional.empty();
    }
  }

  private void run(Lease lease) {
    held.put(lease.id(), lease);
    if (isStopping) {
      finish(lease, Duration.ZERO, false);
      return;
    }
    pool.execute(
        () -> {
          try {
            job.run(lease, () -> isStopping || held.get(lease.id()) != lease);
            finish(lease, Duration.ZERO, false);
          } catch (StaleLeaseException e) {
            LOG.warn(e.getMessage());
            finish(lease, Duration.ZERO, false);
          } catch (TransactionFailure e) {
            LOG.warnf("task %s pauses: %s", lease.id(), e.toString());
            finish(lease, AFTER_OUTAGE, false);
          } catch (RuntimeException e) {
            LOG.errorf(e, "task %s failed", lease.id());
            finish(lease, retryAfter(lease), true);
          }
        });
  }

  private static Duration retryAfter(Lease lease) {
    return FIRST_RETRY.multipliedBy(1L << Math.min(lease.failures(), MAX_DOUBLINGS));
  }

  private void finish(Lease lease, Duration pause, boolean isFailure) {
    if (held.remove(lease.id(), lease)) {
      giveBack(lease, pause, isFailure);
    }
    free.release();
  }

  private void giveBack(Lease lease, Duration pause, boolean isFailure) {
    try {
      leases.release(lease, pause, isFailure);
    } catch (RuntimeException e) {
      LOG.warnf("task %s is free when its lease ends: %s", lease.id(), e.toString());
    }
  }

  private void beat() {
    try {
      while (!isStopping) {
        TimeUnit.MILLISECONDS.sleep(settings.lease().toMillis() / HEARTBEATS_PER_LEASE);
        extend(List.copyOf(held.values()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void extend(List<Lease> mine) {
    if (mine.isEmpty()) {
      return;
    }
    try {
      Set<UUID> kept = leases.extend(mine, settings.lease());
      mine.stream()
          .filter(lease -> !kept.contains(lease.id()))
          .forEach(lease -> held.remove(lease.id(), lease));
    } catch (RuntimeException e) {
      LOG.warnf("no heartbeat: %s", e.toString());
    }
  }
}
