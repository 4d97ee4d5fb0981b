package dev.espalier.memory.ops;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.forgetting.Reinforcement;
import dev.espalier.memory.core.forgetting.UseLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Writes uses in the background, those of a fifth of a second in one transaction a conversation, so
 * that a recall does not wait for them.
 */
@ApplicationScoped
public class UseWriter implements UseLog {

  private static final Logger LOG = Logger.getLogger(UseWriter.class);

  /** What is noted while so many wait is lost, and counted. */
  private static final int MAX_WAITING = 10_000;

  private static final Duration BATCH = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Reinforcement reinforcement;
  private final Clock clock;
  private final Counter lost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "uses");
  private List<Use> waiting = new ArrayList<>();
  private boolean isWriting;
  private boolean isStopping;

  UseWriter(Reinforcement reinforcement, Clock clock, MeterRegistry meters) {
    this.reinforcement = reinforcement;
    this.clock = clock;
    lost =
        Counter.builder("espalier.memory.uses.lost")
            .description("Uses of turns that could not be written; they fade a little sooner")
            .register(meters);
  }

  void start(@Observes StartupEvent event) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    lock.lock();
    try {
      isStopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.join(STOP_TIMEOUT.toMillis());
  }

  @Override
  public void used(Scope scope, UUID conversation, List<Long> seqs, long lastSeq) {
    if (seqs.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (waiting.size() == MAX_WAITING) {
        lost.increment(seqs.size());
      } else {
        waiting.add(new Use(new Key(scope.tenant(), conversation, lastSeq), List.copyOf(seqs)));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until what was noted so far is written.
   *
   * @return whether it is
   */
  public boolean awaitWritten(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while ((!waiting.isEmpty() || isWriting) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return waiting.isEmpty() && !isWriting;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    List<Use> batch = next();
    while (!batch.isEmpty()) {
      write(batch);
      batch = next();
    }
  }

  /** What has gathered; nothing when the service stops. */
  private List<Use> next() {
    lock.lock();
    try {
      isWriting = false;
      changed.signalAll();
      while (waiting.isEmpty() && !isStopping) {
        changed.await();
      }
      long left = BATCH.toNanos();
      while (left > 0 && !isStopping) {
        left = changed.awaitNanos(left);
      }
      List<Use> batch = waiting;
      waiting = new ArrayList<>();
      isWriting = true;
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Use> batch) {
    Map<Key, TreeSet<Long>> together = new LinkedHashMap<>();
    for (Use use : batch) {
      together.computeIfAbsent(use.key(), key -> new TreeSet<>()).addAll(use.seqs());
    }
    together.forEach(
        (key, seqs) -> {
          try {
            Scope scope = new Scope(key.tenant(), clock.instant().plus(TIMEOUT));
            reinforcement.reinforce(scope, key.conversation(), seqs, key.lastSeq());
          } catch (RuntimeException e) {
            lost.increment(seqs.size());
            LOG.warnf("uses are lost: %s", e.toString());
          }
        });
  }

  private record Key(String tenant, UUID conversation, long lastSeq) {}

  private record Use(Key key, List<Long> seqs) {}
}
