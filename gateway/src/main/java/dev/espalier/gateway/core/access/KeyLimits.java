package dev.espalier.gateway.core.access;

import org.jspecify.annotations.Nullable;

/**
 * How much a key may use in a minute; null where there is no limit.
 *
 * @param requestsPerMinute requests of any kind
 * @param tokensPerMinute tokens of language models, sent and received
 */
public record KeyLimits(@Nullable Long requestsPerMinute, @Nullable Long tokensPerMinute) {

  public static final KeyLimits NONE = new KeyLimits(null, null);

  /** More than any machine does; a longer number is a mistake. */
  public static final long MAX = 1_000_000_000_000L;

  public KeyLimits {
    check("requests-per-minute", requestsPerMinute);
    check("tokens-per-minute", tokensPerMinute);
  }

  private static void check(String name, @Nullable Long limit) {
    if (limit != null && (limit < 1 || limit > MAX)) {
      throw new IllegalArgumentException(name + ": must be in 1 .. " + MAX);
    }
  }
}
