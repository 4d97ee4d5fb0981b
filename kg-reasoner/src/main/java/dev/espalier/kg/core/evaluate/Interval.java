package dev.espalier.kg.core.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A 95 % bootstrap interval.
 *
 * @param seed of the resampling
 */
public record Interval(double low, double high, long seed) {

  private static final int SAMPLES = 1000;

  /** Of the mean of values that are drawn in clusters. */
  public static Interval ofMean(double[][] clusters, long seed) {
    if (clusters.length == 0) {
      return new Interval(0, 0, seed);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      double sum = 0;
      int n = 0;
      for (int i = 0; i < clusters.length; i++) {
        for (double value : clusters[random.nextInt(clusters.length)]) {
          sum += value;
          n++;
        }
      }
      means[s] = sum / Math.max(1, n);
    }
    Arrays.sort(means);
    return new Interval(means[SAMPLES / 40], means[SAMPLES - 1 - SAMPLES / 40], seed);
  }
}
