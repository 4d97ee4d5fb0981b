package dev.espalier.measuring.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void takesPercentilesByNearestRank() {
    Sample sample = Sample.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);

    assertEquals(5, sample.percentile(50));
    assertEquals(10, sample.percentile(95));
    assertEquals(1, sample.percentile(0));
    assertEquals(10, sample.percentile(100));
  }

  @Test
  void takesTheMiddleAsMedian() {
    assertEquals(2, Sample.of(3, 1, 2).median());
    assertEquals(2.5, Sample.of(4, 1, 2, 3).median());
  }

  @Test
  void refusesToSpeakOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> Sample.of());
  }
}
