package dev.espalier.measuring.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How far the mean of a sample can be trusted. */
public final class Bootstrap {

  /*
   * Efron's percentile bootstrap: the mean of many samples drawn from the sample with replacement;
   * the interval holds the middle 95 % of them. Values count as independent, so questions about one
   * conversation make the interval narrower than it is. Cost: O(resamples * n).
   */
  private static final int RESAMPLES = 2000;

  private Bootstrap() {}

  /**
   * The mean with its 95 % interval.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static Interval mean(double[] values, long seed) {
    var random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Sample resampled = Sample.of(means);
    return new Interval(
        Sample.of(values).mean(), resampled.percentile(2.5), resampled.percentile(97.5));
  }

  /**
   * The ratio of two sums over the same problems with its 95 % interval; the problems are
   * resampled, each with both of its values.
   *
   * @throws IllegalArgumentException if there is no value, or not one of each
   */
  public static Interval ratio(double[] above, double[] below, long seed) {
    if (above.length != below.length) {
      throw new IllegalArgumentException("not paired");
    }
    var random = new SplittableRandom(seed);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double top = 0;
      double bottom = 0;
      for (int j = 0; j < above.length; j++) {
        int at = random.nextInt(above.length);
        top += above[at];
        bottom += below[at];
      }
      ratios[i] = top / bottom;
    }
    Sample resampled = Sample.of(ratios);
    return new Interval(
        Arrays.stream(above).sum() / Arrays.stream(below).sum(),
        resampled.percentile(2.5),
        resampled.percentile(97.5));
  }

  /** A mean or ratio, and the ends of its interval. */
  public record Interval(double mean, double low, double high) {}
}
