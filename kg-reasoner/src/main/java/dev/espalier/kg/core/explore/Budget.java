package dev.espalier.kg.core.explore;

import java.time.Duration;
import java.util.Optional;

/**
 * What a query may cost. A walk that meets a limit ends there, and is answered from the hops it
 * finished.
 *
 * @param time wall-clock, from the call to the answer
 * @param edges walked in all hops together
 */
public record Budget(Optional<Duration> time, long edges) {

  private static final long MOST_RESERVE_NANOS = 2_000_000;

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public Budget {
    if (time.isPresent() && (time.get().isNegative() || time.get().isZero()) || edges <= 0) {
      throw new IllegalArgumentException("a budget must be positive");
    }
  }

  public static Budget unlimited() {
    return new Budget(Optional.empty(), Long.MAX_VALUE);
  }

  public static Budget ofTime(Duration time) {
    return new Budget(Optional.of(time), Long.MAX_VALUE);
  }

  public static Budget ofEdges(long edges) {
    return new Budget(Optional.empty(), edges);
  }

  /** When the walk has to end: a fifth of the time, at most 2 ms, is left for the answer. */
  public long deadline(long now) {
    if (time.isEmpty() || time.get().compareTo(Duration.ofDays(1)) > 0) {
      return Long.MAX_VALUE;
    }
    long nanos = time.get().toNanos();
    return now + nanos - Math.min(nanos / 5, MOST_RESERVE_NANOS);
  }
}
