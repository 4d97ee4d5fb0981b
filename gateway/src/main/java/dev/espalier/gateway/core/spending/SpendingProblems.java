package dev.espalier.gateway.core.spending;

import dev.espalier.protocol.Problem;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a request has to wait, or cannot happen at all. */
final class SpendingProblems {

  private static final int STATUS = 429;
  private static final String RETRY_AFTER = "retry_after_seconds";

  private SpendingProblems() {}

  static Problem tooManyRequests(long perMinute, Duration untilEnough) {
    return limit("limit.requests", "The key's requests of this minute are used up", perMinute)
        .with(RETRY_AFTER, seconds(untilEnough));
  }

  static Problem tooManyTokens(long perMinute, Duration untilEnough) {
    return limit("limit.tokens", "The key's tokens of this minute are used up", perMinute)
        .with(RETRY_AFTER, seconds(untilEnough));
  }

  /** Waiting would not help: the call may need more than a whole minute's tokens. */
  static Problem moreThanTheLimit(long perMinute, long atMost) {
    return new Problem(
        STATUS,
        "limit.tokens",
        "The key's tokens of this minute are used up",
        "the request may take %d tokens, more than a minute has; send less or ask for less"
            .formatted(atMost),
        false,
        Map.of("limit", perMinute));
  }

  /**
   * @param untilNextPeriod null for a budget that does not renew itself
   */
  static Problem budgetExhausted(String budget, @Nullable Duration untilNextPeriod) {
    Problem problem =
        new Problem(
            STATUS,
            "budget.exhausted",
            "What is left of the budget does not cover the request",
            null,
            untilNextPeriod != null,
            Map.of("budget", budget));
    return untilNextPeriod == null ? problem : problem.with(RETRY_AFTER, seconds(untilNextPeriod));
  }

  private static Problem limit(String code, String title, long perMinute) {
    return new Problem(STATUS, code, title, null, true, Map.of("limit", perMinute));
  }

  /** Rounded up, so that a client that waits as told is not refused again. */
  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }
}
