package dev.espalier.kg.core.network;

import java.util.Arrays;

/** How evenly a batch used the experts, and the gradient that evens it out. */
/*
 * The importance and load-balance losses: the squared coefficient of variation, over the experts, of
 * the sums of their weights and of their loads in the batch. Deviation: a query's gradient uses the
 * sums of the batch before, so that every query can go back at once; the first batch of an epoch has
 * none.
 */
public final class Balance {

  final float[][] importance;
  final float[][] load;
  final int[] queries;

  /**
   * @param outputs the number of experts of each gate
   */
  Balance(int... outputs) {
    importance = new float[outputs.length][];
    load = new float[outputs.length][];
    queries = new int[outputs.length];
    for (int g = 0; g < outputs.length; g++) {
      importance[g] = new float[outputs[g]];
      load[g] = new float[outputs[g]];
    }
  }

  void add(int gate, float[] weights, float[] loads) {
    queries[gate]++;
    for (int i = 0; i < weights.length; i++) {
      importance[gate][i] += weights[i];
      load[gate][i] += loads[i];
    }
  }

  /** A copy that stays as it is. */
  public Balance copy() {
    int[] outputs = new int[importance.length];
    for (int g = 0; g < outputs.length; g++) {
      outputs[g] = importance[g].length;
    }
    Balance copy = new Balance(outputs);
    copy.add(this);
    return copy;
  }

  void add(Balance other) {
    for (int g = 0; g < queries.length; g++) {
      queries[g] += other.queries[g];
      for (int i = 0; i < importance[g].length; i++) {
        importance[g][i] += other.importance[g][i];
        load[g][i] += other.load[g][i];
      }
    }
  }

  void clear() {
    for (int g = 0; g < queries.length; g++) {
      queries[g] = 0;
      Arrays.fill(importance[g], 0);
      Arrays.fill(load[g], 0);
    }
  }

  /** The gradient of the batch's squared variation by one query's values, times {@code factor}. */
  static void gradient(float[] sums, int queries, float factor, float[] to) {
    int n = sums.length;
    double mean = 0;
    for (float sum : sums) {
      mean += sum / n;
    }
    if (queries == 0 || mean < 1e-6) {
      Arrays.fill(to, 0);
      return;
    }
    double variance = 0;
    for (float sum : sums) {
      variance += (sum - mean) * (sum - mean) / n;
    }
    for (int i = 0; i < n; i++) {
      double slope =
          2 * (sums[i] - mean) / (n * mean * mean) - 2 * variance / (n * mean * mean * mean);
      to[i] = (float) (factor * queries * slope);
    }
  }
}
