package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CpuLimitTest {

  @Test
  void handsOnWhatTheWorkReturns() {
    assertEquals(42, CpuLimit.within(Duration.ofSeconds(1), () -> 42));
  }

  @Test
  void stopsWorkThatNeverEnds() {
    AtomicLong rounds = new AtomicLong();

    assertThrows(
        AssertionError.class,
        () ->
            CpuLimit.within(
                Duration.ofMillis(100),
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    rounds.incrementAndGet();
                  }
                  return rounds.get();
                }));
  }
}
