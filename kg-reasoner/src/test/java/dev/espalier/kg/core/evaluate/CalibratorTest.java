package dev.espalier.kg.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratorTest {

  @Test
  void neverMakesABetterAnswerLessProbable() {
    List<double[]> samples = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      double share = -i / 10.0;
      samples.add(new double[] {1, 3 * share + i % 7, share});
      labels.add(i < 40 && i % 7 < 4);
    }
    double[] free = Calibrator.logistic(samples, labels);

    double[] rising = Calibrator.rising(samples, labels);

    assertTrue(free[1] < 0, "the data does not ask for it");
    assertEquals(0, rising[1]);
    assertTrue(rising[2] > 0);
  }
}
