package dev.espalier.kg.core.network;

/** Ends a query whose states do not change any more from hop to hop. */
/*
 * MoKGR's stop gate looks at mean and standard deviation of the layer's states. Ours compares both
 * with those of the hop before: |change of mean| + |change of deviation|, over the deviation, below
 * a threshold. It is used at inference only, off unless a threshold is configured.
 */
final class StopGate {

  private double mean;
  private double deviation;

  void reset() {
    mean = 0;
    deviation = 0;
  }

  /** How much the statistics changed since the last call, relative to the deviation. */
  double change(Layer layer, int dimension) {
    int n = layer.nodes * dimension;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      sum += layer.state[i];
      squares += (double) layer.state[i] * layer.state[i];
    }
    double newMean = sum / n;
    double newDeviation = Math.sqrt(Math.max(0, squares / n - newMean * newMean));
    double change =
        (Math.abs(newMean - mean) + Math.abs(newDeviation - deviation)) / (newDeviation + 1e-9);
    mean = newMean;
    deviation = newDeviation;
    return change;
  }
}
