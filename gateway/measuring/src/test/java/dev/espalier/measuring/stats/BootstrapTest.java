package dev.espalier.measuring.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.measuring.stats.Bootstrap.Interval;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void givesTheSameIntervalForTheSameSeed() {
    double[][] values = {{0, 100}, {100, 0}, {50}};

    assertEquals(Bootstrap.mean(values, 7), Bootstrap.mean(values, 7));
  }

  @Test
  void holdsTheMeanAndComesNearTheNormalInterval() {
    double[][] values = new double[400][1];
    Arrays.fill(values, 0, 200, new double[] {100});

    Interval interval = Bootstrap.mean(values, 1);

    // The standard error of a share of one half among 400 is 2.5 points.
    assertEquals(50, interval.mean());
    assertEquals(50 - 1.96 * 2.5, interval.low(), 0.75);
    assertEquals(50 + 1.96 * 2.5, interval.high(), 0.75);
  }

  @Test
  void hasNoWidthWhenNothingVaries() {
    Interval interval = Bootstrap.mean(new double[][] {{3, 3}, {3}}, 1);

    assertTrue(interval.low() == 3 && interval.high() == 3);
  }

  @Test
  void isWiderWhereTheValuesOfAClusterAgree() {
    double[][] apart = new double[40][1];
    Arrays.fill(apart, 0, 20, new double[] {100});
    double[][] together = {new double[10], new double[10], new double[10], new double[10]};
    Arrays.fill(together[0], 100);
    Arrays.fill(together[1], 100);

    assertEquals(Bootstrap.mean(apart, 1).mean(), Bootstrap.mean(together, 1).mean());
    assertTrue(width(Bootstrap.mean(together, 1)) > 1.5 * width(Bootstrap.mean(apart, 1)));
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }

  @Test
  void pairsTheValuesOfARatio() {
    Interval interval = Bootstrap.ratio(new double[] {1, 10, 100}, new double[] {2, 20, 200}, 1);

    assertTrue(interval.mean() == 0.5 && interval.low() == 0.5 && interval.high() == 0.5);
  }
}
