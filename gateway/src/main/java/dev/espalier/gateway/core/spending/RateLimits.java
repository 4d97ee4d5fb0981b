package dev.espalier.gateway.core.spending;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The limits per minute of every key, in this process: with several replicas each one grants them.
 */
public final class RateLimits {

  /**
   * Tokens that were taken ahead of a call.
   *
   * @param headers the state of the limit as response headers
   */
  record TokenHold(Map<String, String> headers, @Nullable TokenBucket bucket, long tokens) {

    static final TokenHold UNLIMITED = new TokenHold(Map.of(), null, 0);
  }

  /**
   * Whether a request may go on.
   *
   * @param headers the state of the limit as response headers; empty without a limit
   * @param refusal {@code limit.requests}, or null
   */
  public record Turn(Map<String, String> headers, @Nullable Problem refusal) {

    static final Turn UNLIMITED = new Turn(Map.of(), null);
  }

  private final Map<String, TokenBucket> requests = new ConcurrentHashMap<>();
  private final Map<String, TokenBucket> tokens = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  public RateLimits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Counts one request of any kind. */
  public Turn takeRequest(Caller caller) {
    Long limit = caller.limits().requestsPerMinute();
    if (limit == null) {
      return Turn.UNLIMITED;
    }
    TokenBucket.Level level = bucket(requests, caller.key(), limit).take(1, nanos.getAsLong());
    Map<String, String> headers = new HashMap<>(headers("requests", limit, level));
    headers.put("RateLimit-Limit", Long.toString(limit));
    headers.put("RateLimit-Remaining", Long.toString(level.remaining()));
    headers.put(
        "RateLimit-Reset", Long.toString(level.untilFull().plusNanos(999_999_999).toSeconds()));
    return new Turn(
        headers,
        level.isTaken() ? null : SpendingProblems.tooManyRequests(limit, level.untilEnough()));
  }

  /**
   * Takes what a call may use at most.
   *
   * @throws ProblemException {@code limit.tokens}
   */
  TokenHold takeTokens(Caller caller, long atMost) {
    Long limit = caller.limits().tokensPerMinute();
    if (limit == null) {
      return TokenHold.UNLIMITED;
    }
    if (atMost > limit) {
      throw new ProblemException(SpendingProblems.moreThanTheLimit(limit, atMost));
    }
    TokenBucket bucket = bucket(tokens, caller.key(), limit);
    TokenBucket.Level level = bucket.take(atMost, nanos.getAsLong());
    if (!level.isTaken()) {
      throw new ProblemException(SpendingProblems.tooManyTokens(limit, level.untilEnough()));
    }
    return new TokenHold(headers("tokens", limit, level), bucket, atMost);
  }

  void settle(TokenHold hold, long used) {
    if (hold.bucket() != null) {
      hold.bucket().putBack(hold.tokens() - used, nanos.getAsLong());
    }
  }

  /** Forgets the keys that are no more. */
  public void retain(Predicate<String> isKnown) {
    requests.keySet().removeIf(isKnown.negate());
    tokens.keySet().removeIf(isKnown.negate());
  }

  /** A limit that was changed starts with a full minute. */
  private TokenBucket bucket(Map<String, TokenBucket> buckets, String key, long limit) {
    return buckets.compute(
        key,
        (name, bucket) ->
            bucket != null && bucket.perMinute() == limit
                ? bucket
                : new TokenBucket(limit, nanos.getAsLong()));
  }

  private static Map<String, String> headers(String what, long limit, TokenBucket.Level level) {
    return Map.of(
        "x-ratelimit-limit-" + what, Long.toString(limit),
        "x-ratelimit-remaining-" + what, Long.toString(level.remaining()),
        "x-ratelimit-reset-" + what, text(level.untilFull()));
  }

  /** As OpenAI's clients read it: {@code 120ms}, {@code 8.640s}. */
  private static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1000 ? millis + "ms" : "%d.%03ds".formatted(millis / 1000, millis % 1000);
  }
}
