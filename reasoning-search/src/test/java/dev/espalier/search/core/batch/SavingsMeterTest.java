package dev.espalier.search.core.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.batch.SavingsMeter.Pair;
import dev.espalier.search.core.batch.SavingsMeter.Reading;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SavingsMeterTest {

  @Test
  void weighsAProblemByWhatItCosts() {
    // Given
    List<Pair> pairs = List.of(new Pair(10, 10, true), new Pair(100, 990, false));

    // When
    Reading reading = SavingsMeter.read(pairs, 1);

    // Then
    assertEquals(.11, reading.ratio(), 1e-12);
    assertEquals(1, reading.sameAnswers());
  }

  @Test
  void givesNoIntervalForAHandfulOfPairs() {
    Reading reading = SavingsMeter.read(List.of(new Pair(1, 2, true)), 1);

    assertNull(reading.low());
    assertNull(reading.high());
  }

  @Test
  void readsNothingWithoutPairs() {
    assertEquals(
        new Reading(0, null, null, null, 0, 7),
        SavingsMeter.read(List.of(new Pair(5, 0, true)), 7));
  }

  @Test
  void theIntervalHoldsTheTrueRatioAndIsTheSameForTheSameSeed() {
    // Given
    Random random = new Random(3);
    List<Pair> pairs =
        Stream.generate(
                () -> {
                  long control = 1_000 + random.nextInt(1_000);
                  return new Pair(control * (40 + random.nextInt(21)) / 100, control, true);
                })
            .limit(200)
            .toList();

    // When
    Reading reading = SavingsMeter.read(pairs, 11);

    // Then
    assertTrue(reading.low() < .5 && .5 < reading.high(), reading.toString());
    assertTrue(reading.high() - reading.low() < .05, reading.toString());
    assertEquals(reading, SavingsMeter.read(pairs, 11));
  }
}
