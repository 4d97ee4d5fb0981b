package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MutableClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void movesOnlyWhenTold() {
    MutableClock clock = MutableClock.at(START);
    Clock elsewhere = clock.withZone(ZoneOffset.ofHours(2));

    clock.advance(Duration.ofDays(-1));

    assertEquals(START.minus(Duration.ofDays(1)), clock.instant());
    assertEquals(clock.instant(), elsewhere.instant());
  }
}
