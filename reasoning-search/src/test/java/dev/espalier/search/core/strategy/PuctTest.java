package dev.espalier.search.core.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PuctTest {

  @Test
  void followsTheScoreAloneBeforeTheFirstSimulation() {
    assertEquals(0.7, Puct.of(0.7, 0.3, 0, 0, 1.25));
  }

  @Test
  void addsThePriorByTheFormula() {
    // 0.5 + 0.25 * (ln(19669 / 19652) + 1.25) * sqrt(16) / (3 + 1)
    assertEquals(0.81271617, Puct.of(0.5, 0.25, 16, 3, 1.25), 1e-8);
    // 0.2 + 0.5 * (ln(19753 / 19652) + 2) * sqrt(100) / (0 + 1)
    assertEquals(10.2256311, Puct.of(0.2, 0.5, 100, 0, 2), 1e-6);
  }
}
