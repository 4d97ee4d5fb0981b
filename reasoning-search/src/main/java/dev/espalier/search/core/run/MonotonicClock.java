package dev.espalier.search.core.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time of day at its making, and from there on what has passed: no jump of the clock moves it.
 */
public final class MonotonicClock extends Clock {

  private final Instant start;
  private final long startNanos;
  private final ZoneId zone;

  public MonotonicClock() {
    this(Instant.now(), System.nanoTime(), ZoneId.of("UTC"));
  }

  private MonotonicClock(Instant start, long startNanos, ZoneId zone) {
    this.start = start;
    this.startNanos = startNanos;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new MonotonicClock(start, startNanos, other);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
