package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.upstream.ServiceOptions;
import java.time.Duration;

/**
 * How much an upstream is asked to do.
 *
 * @param maxConcurrency calls in flight, streams included
 * @param maxWaiting calls that wait for one of those to end
 * @param maxAttempts requests for one call, the first included
 * @param maxRetryAfter the longest that a call waits because the upstream asked for it
 * @param maxBodyBytes of a whole answer, and of one event of a stream
 * @param breaker when to stop asking
 */
public record Load(
    int maxConcurrency,
    int maxWaiting,
    int maxAttempts,
    Duration maxRetryAfter,
    int maxBodyBytes,
    ServiceOptions.Breaker breaker) {

  public Load {
    check(maxConcurrency > 0 && maxConcurrency <= 4096, "max-concurrency: must be 1-4096");
    check(maxWaiting > 0 && maxWaiting <= 4096, "max-waiting: must be 1-4096");
    check(maxAttempts > 0 && maxAttempts <= 10, "max-attempts: must be 1-10");
    check(!maxRetryAfter.isNegative(), "max-retry-after: must not be negative");
    check(maxBodyBytes > 0, "max-body-size: must be positive");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
