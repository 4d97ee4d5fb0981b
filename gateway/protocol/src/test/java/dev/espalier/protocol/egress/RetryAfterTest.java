package dev.espalier.protocol.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void readsSecondsMillisecondsAndDates() {
    assertEquals(millis(2000), read("retry-after", "2"));
    assertEquals(millis(500), read("retry-after", " 0.5 "));
    assertEquals(millis(20), read("retry-after-ms", "20"));
    assertEquals(millis(30_000), read("retry-after", "Sun, 1 Mar 2026 12:00:30 GMT"));
    assertEquals(millis(0), read("retry-after", "Sun, 1 Mar 2026 11:00:00 GMT"));
  }

  @Test
  void ignoresWhatItCannotRead() {
    for (String text : new String[] {"", "soon", "-1", "1e9", "NaN", "99999999999", "2 s"}) {
      assertEquals(Optional.empty(), read("retry-after", text), text);
    }
  }

  @Test
  void believesMillisecondsFirst() {
    Map<String, String> headers = Map.of("retry-after", "9", "retry-after-ms", "100");

    assertEquals(millis(100), RetryAfter.of(headers::get, NOW));
  }

  private static Optional<Duration> read(String name, String text) {
    return RetryAfter.of(Map.of(name, text)::get, NOW);
  }

  private static Optional<Duration> millis(long millis) {
    return Optional.of(Duration.ofMillis(millis));
  }
}
