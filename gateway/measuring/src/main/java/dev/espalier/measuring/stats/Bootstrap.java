package dev.espalier.measuring.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How far the mean of a sample can be trusted. */
public final class Bootstrap {

  /*
   * Efron's percentile bootstrap: the mean of many samples drawn from the sample with replacement;
   * the interval holds the middle 95 % of them. Clusters are drawn whole (Field and Welsh, 2007):
   * questions about one conversation resemble each other, and counted as independent they would make
   * the interval narrower than it is. With a handful of clusters it is still somewhat too narrow.
   * Cost: O(resamples * clusters).
   */
  private static final int RESAMPLES = 2000;

  private Bootstrap() {}

  /** The mean with its 95 % interval, of values that are independent. */
  public static Interval mean(double[] values, long seed) {
    return mean(
        Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new),
        seed);
  }

  /**
   * The mean over all values with its 95 % interval.
   *
   * @param clusters values that belong together; a cluster of one value each counts them as
   *     independent
   * @throws IllegalArgumentException if there is no value
   */
  public static Interval mean(double[][] clusters, long seed) {
    double[] sums = new double[clusters.length];
    long all = 0;
    double sumOfAll = 0;
    for (int i = 0; i < clusters.length; i++) {
      sums[i] = Arrays.stream(clusters[i]).sum();
      sumOfAll += sums[i];
      all += clusters[i].length;
    }
    if (all == 0) {
      throw new IllegalArgumentException("no value");
    }
    var random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      long values = 0;
      while (values == 0) {
        for (int j = 0; j < clusters.length; j++) {
          int drawn = random.nextInt(clusters.length);
          sum += sums[drawn];
          values += clusters[drawn].length;
        }
      }
      means[i] = sum / values;
    }
    Sample resampled = Sample.of(means);
    return new Interval(sumOfAll / all, resampled.percentile(2.5), resampled.percentile(97.5));
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
