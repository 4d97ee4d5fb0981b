package dev.espalier.memory.evaluation.crashes;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the service has acknowledged, and when. */
final class Ledger {

  private final ConcurrentLinkedQueue<Acknowledged> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  void add(Acknowledged acknowledged) {
    entries.add(acknowledged);
    size.incrementAndGet();
  }

  int size() {
    return size.get();
  }

  List<Acknowledged> entries() {
    return List.copyOf(entries);
  }

  /**
   * From a moment until the first answer to a request that was sent after it.
   *
   * @param nanos on the clock of {@link System#nanoTime()}
   */
  Optional<Duration> untilNextAnswer(long nanos) {
    return entries.stream()
        .filter(entry -> entry.sentNanos() > nanos)
        .map(entry -> Duration.ofNanos(entry.answeredNanos() - nanos))
        .min(Comparator.naturalOrder());
  }

  /**
   * An append that was answered with success.
   *
   * @param content what was said; no two turns of a ledger say the same
   * @param seq the place the answer gave it
   */
  record Acknowledged(String content, long seq, long sentNanos, long answeredNanos) {}
}
