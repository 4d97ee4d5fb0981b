package dev.espalier.gateway.core.spending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private static final Caller CALLER =
      new Caller("key", "acme", Set.of(), new KeyLimits(60L, 600L));

  private long nanos = -5;
  private final RateLimits limits = new RateLimits(() -> nanos);

  @Test
  void letsAMinutesRequestsPassAndTellsHowLongToWait() {
    for (int i = 0; i < 60; i++) {
      assertNull(limits.takeRequest(CALLER).refusal());
    }

    RateLimits.Turn refused = limits.takeRequest(CALLER);

    Problem problem = refused.refusal();
    assertNotNull(problem);
    assertEquals("limit.requests", problem.code());
    assertEquals(429, problem.status());
    assertEquals(1L, problem.extensions().get("retry_after_seconds"));
    assertEquals(
        Map.of(
            "RateLimit-Limit", "60",
            "RateLimit-Remaining", "0",
            "RateLimit-Reset", "60",
            "x-ratelimit-limit-requests", "60",
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "60.000s"),
        refused.headers());
    nanos += Duration.ofSeconds(1).toNanos();
    assertNull(limits.takeRequest(CALLER).refusal());
    assertNotNull(limits.takeRequest(CALLER).refusal());
  }

  @Test
  void putsBackTheTokensThatWereNotUsed() {
    RateLimits.TokenHold hold = limits.takeTokens(CALLER, 600);
    assertThrows(ProblemException.class, () -> limits.takeTokens(CALLER, 1));

    limits.settle(hold, 100);

    assertEquals(
        "400", limits.takeTokens(CALLER, 100).headers().get("x-ratelimit-remaining-tokens"));
  }

  @Test
  void remembersWhatWasUsedBeyondTheBound() {
    limits.settle(limits.takeTokens(CALLER, 1), 1_200);

    nanos += Duration.ofSeconds(60).toNanos();
    assertThrows(ProblemException.class, () -> limits.takeTokens(CALLER, 1));
    nanos += Duration.ofSeconds(1).toNanos();
    limits.takeTokens(CALLER, 1);
  }

  @Test
  void saysThatWaitingDoesNotHelpWithMoreThanAMinuteHas() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> limits.takeTokens(CALLER, 601));

    assertEquals("limit.tokens", refused.problem().code());
    assertEquals(false, refused.problem().retryable());
  }

  @Test
  void limitsNobodyWithoutALimit() {
    Caller free = new Caller("free", "acme", Set.of());

    assertEquals(Map.of(), limits.takeRequest(free).headers());
    assertEquals(Map.of(), limits.takeTokens(free, Long.MAX_VALUE).headers());
  }

  @Test
  void countsKeysApartAndStartsAnewWhenTheLimitChanges() {
    limits.takeTokens(CALLER, 600);

    limits.takeTokens(new Caller("other", "acme", Set.of(), CALLER.limits()), 600);
    limits.takeTokens(new Caller("key", "acme", Set.of(), new KeyLimits(null, 700L)), 700);
  }

  /** Over any run of time: never more than one full bucket and what flowed in since. */
  @Test
  void neverGrantsMoreThanTheRateAllows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TokenBucket bucket = new TokenBucket(600, 0);
    long now = 0;
    long granted = 0;
    for (int i = 0; i < 100_000; i++) {
      now += random.nextInt(50_000_000);
      long amount = 1 + random.nextInt(20);
      granted += bucket.take(amount, now).isTaken() ? amount : 0;
      double allowed = 600 + 10.0 * now / 1e9;
      if (granted > allowed + 1e-6) {
        throw new AssertionError("seed " + seed + ": " + granted + " of " + allowed);
      }
    }
  }
}
