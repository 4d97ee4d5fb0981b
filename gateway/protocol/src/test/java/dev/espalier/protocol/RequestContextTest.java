package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestContextTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void countsTheTimeoutFromTheMomentOfArrival() {
    RequestContext context = RequestContext.parse("acme", "r-1", "1500", NOW);

    assertEquals(Duration.ofMillis(1500), context.remaining(NOW));
    assertFalse(context.isExpired(NOW.plusMillis(1499)));
    assertTrue(context.isExpired(NOW.plusMillis(1500)));
  }

  @Test
  void capsTheTimeoutSoThatNothingWaitsForEver() {
    RequestContext context = RequestContext.parse("acme", "r-1", "9223372036854775807", NOW);

    assertEquals(Duration.ofHours(1), context.remaining(NOW));
  }

  @Test
  void refusesARequestWithoutATenant() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> RequestContext.parse(null, "r-1", null, NOW));

    assertEquals("context.tenant_missing", refused.problem().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a b", "%00", "-a", "ä"})
  void refusesATenantThatIsNoName(String tenant) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> RequestContext.parse(tenant, "r-1", null, NOW));

    assertEquals(400, refused.problem().status());
  }

  @Test
  void refusesATimeoutThatIsNoNumber() {
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> RequestContext.parse("acme", "r-1", "soon", NOW));

    assertEquals("request.malformed_header", refused.problem().code());
  }
}
