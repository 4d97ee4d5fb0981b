package dev.espalier.search.upstream.http;

import java.time.Duration;

/**
 * How much an upstream is asked to do.
 *
 * @param maxConcurrency requests in flight
 * @param maxAttempts of one call, the first included
 * @param maxBodyBytes of an answer
 * @param breaker when to stop asking
 */
public record Load(int maxConcurrency, int maxAttempts, int maxBodyBytes, Breaker breaker) {

  /**
   * When an upstream counts as broken.
   *
   * @param requests over which the failures are counted
   * @param failureRatio that opens it, above 0 up to 1
   * @param delay until one request tries again
   */
  public record Breaker(int requests, double failureRatio, Duration delay) {
    public Breaker {
      check(requests > 0, "breaker.requests: must be positive");
      check(failureRatio > 0 && failureRatio <= 1, "breaker.failure-ratio: must be in (0, 1]");
      check(!delay.isNegative() && !delay.isZero(), "breaker.delay: must be positive");
    }
  }

  public Load {
    check(maxConcurrency > 0 && maxConcurrency <= 4096, "max-concurrency: must be 1-4096");
    check(maxAttempts > 0 && maxAttempts <= 10, "max-attempts: must be 1-10");
    check(maxBodyBytes > 0, "max-body-size: must be positive");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
