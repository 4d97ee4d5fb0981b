package dev.espalier.kg.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

  @Test
  void asMuchIsExpectedToBeTrueAsIs() {
    // Given scores that are large beside what they differ by
    Random random = new Random(1);
    List<double[]> samples = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      double x = random.nextGaussian();
      samples.add(new double[] {1, 50 + x, x - 3 + 0.1 * random.nextGaussian()});
      labels.add(random.nextDouble() < 1 / (1 + Math.exp(1 - x)));
    }

    double[] w = Calibrator.logistic(samples, labels);

    double expected = 0;
    for (double[] x : samples) {
      expected += 1 / (1 + Math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2] * x[2])));
    }
    assertEquals(labels.stream().filter(label -> label).count(), expected, 1);
  }
}
