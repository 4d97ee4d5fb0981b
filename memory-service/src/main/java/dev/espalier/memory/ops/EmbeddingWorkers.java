package dev.espalier.memory.ops;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.EmbedTurns;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.core.EmbeddingQueue;
import dev.espalier.memory.core.IndexState;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.persistence.Outage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** The threads that embed waiting turns. They sleep until an append wakes them, or a second. */
@ApplicationScoped
public class EmbeddingWorkers {

  private static final Logger LOG = Logger.getLogger(EmbeddingWorkers.class);

  /** Finds what another replica queued and what is due again after a failure. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Kept of a request's time for its answer. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(1);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final int workers;
  private final EmbeddingQueue queue;
  private final Embedders embedders;
  private final UnitOfWork work;
  private final TurnStore turns;
  private final Clock clock;

  private final Outage outage;
  private final List<Thread> threads = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long wakeUps;
  private volatile boolean isStopping;

  @Inject
  EmbeddingWorkers(
      MemoryConfig config,
      EmbeddingQueue queue,
      Embedders embedders,
      UnitOfWork work,
      TurnStore turns,
      Clock clock) {
    this(config.embedding().workers(), queue, embedders, work, turns, clock);
  }

  EmbeddingWorkers(
      int workers,
      EmbeddingQueue queue,
      Embedders embedders,
      UnitOfWork work,
      TurnStore turns,
      Clock clock) {
    this.workers = workers;
    this.queue = queue;
    this.embedders = embedders;
    this.work = work;
    this.turns = turns;
    this.clock = clock;
    outage = new Outage(clock, LOG::warn, "embedding pauses");
  }

  void start(@Observes StartupEvent event, VectorIndex vectors) {
    LOG.infof("vectors: %s; model: %s", vectors.name(), embedders.first().model().name());
    begin();
  }

  void begin() {
    for (int i = 0; i < workers; i++) {
      EmbedTurns embedTurns = new EmbedTurns(queue, embedders);
      Thread thread = new Thread(() -> run(embedTurns), "embedding-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    isStopping = true;
    wake();
    for (Thread thread : threads) {
      thread.join(STOP_TIMEOUT.toMillis());
    }
  }

  /** Turns were appended. */
  public void wake() {
    lock.lock();
    try {
      wakeUps++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until every turn of the conversation has its vector, the time is up, or the request's
   * deadline is near: what waits has already happened, so it must not end in a time-out.
   *
   * @param known the state of the index as far as it is known
   * @return the state when the wait ended
   */
  public IndexState awaitEmbedded(
      Scope scope, UUID conversation, Duration atMost, IndexState known) {
    Instant now = clock.instant();
    Instant latest = scope.deadline().minus(TO_ANSWER);
    Instant end = now.plus(atMost).isBefore(latest) ? now.plus(atMost) : latest;
    IndexState state = known;
    while (!state.isCurrent() && !isStopping && clock.instant().isBefore(end)) {
      pause(BETWEEN_LOOKS, wakeUps());
      state = work.in(scope, () -> turns.indexState(conversation));
    }
    return state;
  }

  private void run(EmbedTurns embedTurns) {
    while (!isStopping && !Thread.currentThread().isInterrupted()) {
      long seen = wakeUps();
      try {
        int embedded = embedTurns.embedBatch();
        outage.succeeded();
        if (embedded == 0) {
          pause(POLL, seen);
        }
      } catch (RuntimeException | Error e) {
        // Without this thread nothing is embedded until a restart, so nothing ends it but a stop.
        if (!isStopping) {
          outage.failed(e);
          pause(AFTER_FAILURE, wakeUps());
        }
      }
    }
  }

  private long wakeUps() {
    lock.lock();
    try {
      return wakeUps;
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps, unless a wake-up came since {@code seen}. */
  private void pause(Duration duration, long seen) {
    lock.lock();
    try {
      long left = duration.toNanos();
      while (wakeUps == seen && left > 0 && !isStopping) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
