package dev.espalier.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final Exception CAUSE = new IllegalStateException("no relation");

  private final List<String> said = new ArrayList<>();
  private final MutableClock clock = MutableClock.at(Instant.EPOCH);
  private final Outage outage = new Outage(clock, said::add, "no task can be claimed");

  @Test
  void saysWhenItBeginsAndWhenItIsOver() {
    outage.succeeded();
    for (int i = 0; i < 59; i++) {
      outage.failed(CAUSE);
      clock.advance(Duration.ofSeconds(1));
    }
    outage.succeeded();
    outage.succeeded();

    assertEquals(
        List.of(
            "no task can be claimed now: java.lang.IllegalStateException: no relation",
            "over: no task can be claimed"),
        said);
  }

  @Test
  void remindsOnceAMinute() {
    for (int i = 0; i < 180; i++) {
      outage.failed(CAUSE);
      clock.advance(Duration.ofSeconds(1));
    }

    assertEquals(3, said.size());
  }

  @Test
  void saysTheNextOneAtOnce() {
    outage.failed(CAUSE);
    outage.succeeded();
    outage.failed(CAUSE);

    assertEquals(3, said.size());
  }
}
