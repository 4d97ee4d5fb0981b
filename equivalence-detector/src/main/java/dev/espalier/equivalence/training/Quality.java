package dev.espalier.equivalence.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How good decisions are: precision, recall and F1 of the class "equivalent", with 95 % intervals
 * from a bootstrap over problems.
 */
record Quality(int pairs, int equivalent, Estimate precision, Estimate recall, Estimate f1) {

  private static final int RESAMPLES = 1_000;

  /** One decision and its truth. */
  record Scored(String problem, boolean truth, double probability) {}

  /** A value with its 95 % interval. */
  record Estimate(double value, double low, double high) {}

  static Quality at(double threshold, List<Scored> scored, long seed) {
    Map<String, List<Scored>> problems = new LinkedHashMap<>();
    scored.forEach(s -> problems.computeIfAbsent(s.problem(), p -> new ArrayList<>()).add(s));
    List<List<Scored>> groups = List.copyOf(problems.values());
    Random random = new Random(seed);
    double[][] samples = new double[3][RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<Scored> sample = new ArrayList<>();
      for (int g = 0; g < groups.size(); g++) {
        sample.addAll(groups.get(random.nextInt(groups.size())));
      }
      double[] measured = measure(threshold, sample);
      for (int k = 0; k < 3; k++) {
        samples[k][i] = measured[k];
      }
    }
    double[] whole = measure(threshold, scored);
    return new Quality(
        scored.size(),
        (int) scored.stream().filter(Scored::truth).count(),
        estimate(whole[0], samples[0]),
        estimate(whole[1], samples[1]),
        estimate(whole[2], samples[2]));
  }

  /** The threshold with the highest F1. */
  static double bestThreshold(List<Scored> scored) {
    double best = 0.5;
    double bestF1 = -1;
    for (Scored s : scored) {
      double f1 = measure(s.probability(), scored)[2];
      if (f1 > bestF1) {
        bestF1 = f1;
        best = s.probability();
      }
    }
    return best;
  }

  /** The lowest threshold from which on precision is at least so high. */
  static double thresholdFor(double precision, List<Scored> scored) {
    double[] thresholds = scored.stream().mapToDouble(Scored::probability).sorted().toArray();
    double lowest = 0.99;
    for (int i = thresholds.length - 1; i >= 0; i--) {
      if (measure(thresholds[i], scored)[0] < precision && i < thresholds.length * 3 / 4) {
        break;
      }
      lowest = thresholds[i];
    }
    return lowest;
  }

  /** Expected calibration error over ten bins of equal width. */
  static double calibrationError(List<Scored> scored) {
    double[] predicted = new double[10];
    double[] true_ = new double[10];
    int[] count = new int[10];
    for (Scored s : scored) {
      int bin = (int) Math.min(9, s.probability() * 10);
      predicted[bin] += s.probability();
      true_[bin] += s.truth() ? 1 : 0;
      count[bin]++;
    }
    double error = 0;
    for (int bin = 0; bin < 10; bin++) {
      error += Math.abs(predicted[bin] - true_[bin]) / Math.max(1, scored.size());
    }
    return error;
  }

  private static double[] measure(double threshold, List<Scored> scored) {
    int hits = 0;
    int merged = 0;
    int truths = 0;
    for (Scored s : scored) {
      boolean decided = s.probability() >= threshold;
      merged += decided ? 1 : 0;
      truths += s.truth() ? 1 : 0;
      hits += decided && s.truth() ? 1 : 0;
    }
    double precision = merged == 0 ? 1 : (double) hits / merged;
    double recall = truths == 0 ? 1 : (double) hits / truths;
    double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    return new double[] {precision, recall, f1};
  }

  private static Estimate estimate(double value, double[] samples) {
    Arrays.sort(samples);
    return new Estimate(value, samples[RESAMPLES / 40], samples[RESAMPLES - RESAMPLES / 40 - 1]);
  }
}
