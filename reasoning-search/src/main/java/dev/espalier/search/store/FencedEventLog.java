package dev.espalier.search.store;

import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.Leases;
import dev.espalier.persistence.StaleLeaseException;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.persistence.TransactionFailure;
import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.event.StaleWorkerException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Appends a search's events under a lease: each transaction first makes sure that the lease is
 * still ours, so that a worker that was suspended cannot write over its successor.
 *
 * <p>A database that is away for a moment does not cost a paid call: an append is tried again for a
 * while. Events that cost nothing wait for the next ones that do, for a quarter of a second, or
 * until there are many; they come out the same again after a crash.
 */
public final class FencedEventLog implements EventLog {

  private static final int MAX_BUFFERED = 256;
  private static final Duration MAX_AGE = Duration.ofMillis(250);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

  private final TenantTransactions transactions;
  private final Leases leases;
  private final EventTable table;
  private final EventCodec codec;
  private final Clock clock;
  private final Lease lease;
  private final BooleanSupplier shouldStop;
  private final Runnable stored;
  private final List<StoredEvent> buffered = new ArrayList<>();
  private Instant oldest = Instant.MAX;
  private long lastSeq;
  private boolean isFinished;

  FencedEventLog(
      TenantTransactions transactions,
      Leases leases,
      EventTable table,
      EventCodec codec,
      Clock clock,
      Lease lease,
      long lastSeq,
      BooleanSupplier shouldStop,
      Runnable stored) {
    this.transactions = transactions;
    this.leases = leases;
    this.table = table;
    this.codec = codec;
    this.clock = clock;
    this.lease = lease;
    this.lastSeq = lastSeq;
    this.shouldStop = shouldStop;
    this.stored = stored;
  }

  /** What has been paid for is always written; no new call is let through when we are to stop. */
  @Override
  public synchronized void append(List<SearchEvent> events, boolean isUrgent) {
    if (shouldStop.getAsBoolean()
        && events.stream().anyMatch(SearchEvent.CallStarted.class::isInstance)) {
      throw new StaleWorkerException();
    }
    Instant now = clock.instant();
    for (SearchEvent event : events) {
      lastSeq++;
      buffered.add(codec.encode(lastSeq, event));
      isFinished |= event instanceof SearchEvent.Finished;
    }
    if (oldest.equals(Instant.MAX)) {
      oldest = now;
    }
    boolean isDue =
        isUrgent || buffered.size() >= MAX_BUFFERED || now.isAfter(oldest.plus(MAX_AGE));
    // The last event is stored together with the result.
    if (isDue && !isFinished) {
      write(() -> {});
    }
  }

  /**
   * Stores what is buffered, with the result, and ends the task: all or nothing.
   *
   * @param result writes the search's row
   * @throws StaleWorkerException when somebody else holds the search now
   */
  synchronized void finish(Runnable result) {
    write(
        () -> {
          result.run();
          leases.end(lease);
        });
  }

  /** Stores what is buffered. */
  synchronized void flush() {
    if (!buffered.isEmpty()) {
      write(() -> {});
    }
  }

  private void write(Runnable more) {
    try {
      writePatiently(more);
    } catch (StaleLeaseException e) {
      throw new StaleWorkerException();
    }
    buffered.clear();
    oldest = Instant.MAX;
    stored.run();
  }

  private void writePatiently(Runnable more) {
    Instant giveUp = clock.instant().plus(PATIENCE);
    Duration pause = FIRST_PAUSE;
    boolean isRepeated = false;
    while (true) {
      try {
        writeOnce(more, isRepeated);
        return;
      } catch (TransactionFailure e) {
        if (clock.instant().plus(pause).isAfter(giveUp) || !sleep(pause)) {
          throw e;
        }
      }
      isRepeated = true;
      pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
    }
  }

  /** The first try may have been stored although its answer was lost: then it is not repeated. */
  private void writeOnce(Runnable more, boolean isRepeated) {
    transactions.in(
        lease.tenant(),
        clock.instant().plus(WRITE_TIMEOUT),
        () -> {
          leases.require(lease);
          long last =
              isRepeated ? table.last(lease.id()).map(StoredEvent::seq).orElse(0L) : Long.MIN_VALUE;
          List<StoredEvent> missing = buffered.stream().filter(it -> it.seq() > last).toList();
          if (!missing.isEmpty()) {
            table.append(lease.id(), lease.tenant(), missing);
          }
          more.run();
          return lease;
        });
  }

  private static boolean sleep(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
