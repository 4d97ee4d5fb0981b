package dev.espalier.gateway.core.spending;

import java.time.Duration;

/** A minute's worth of something, refilled steadily. */
final class TokenBucket {

  /**
   * What a try to take came to.
   *
   * @param isTaken whether there was enough
   * @param remaining what is left, not below zero
   * @param untilFull how long the bucket needs to be full again
   * @param untilEnough how long a try of the same size has to wait; zero if it was taken
   */
  record Level(boolean isTaken, long remaining, Duration untilFull, Duration untilEnough) {}

  private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final long perMinute;
  private double content;
  private long lastNanos;

  TokenBucket(long perMinute, long nowNanos) {
    this.perMinute = perMinute;
    this.content = perMinute;
    this.lastNanos = nowNanos;
  }

  long perMinute() {
    return perMinute;
  }

  synchronized Level take(long amount, long nowNanos) {
    refill(nowNanos);
    boolean isTaken = content >= amount;
    if (isTaken) {
      content -= amount;
    }
    return new Level(
        isTaken,
        Math.max(0, (long) content),
        timeFor(perMinute - content),
        isTaken ? Duration.ZERO : timeFor(amount - content));
  }

  /** Corrects what was taken: a positive amount is put back, a negative one is owed. */
  synchronized void putBack(long amount, long nowNanos) {
    refill(nowNanos);
    content = Math.min(perMinute, content + amount);
  }

  private void refill(long nowNanos) {
    double earned = (nowNanos - lastNanos) / NANOS_PER_MINUTE * perMinute;
    content = Math.min(perMinute, content + Math.max(0, earned));
    lastNanos = nowNanos;
  }

  private Duration timeFor(double amount) {
    return Duration.ofNanos((long) Math.ceil(amount / perMinute * NANOS_PER_MINUTE));
  }
}
