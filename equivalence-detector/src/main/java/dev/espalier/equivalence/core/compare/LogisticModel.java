package dev.espalier.equivalence.core.compare;

import java.util.List;

/**
 * A logistic regression over named features.
 *
 * @param intercept the log-odds of a pair whose features are all zero
 * @param weights one per feature
 */
public record LogisticModel(double intercept, List<Double> weights) {

  public LogisticModel {
    weights = List.copyOf(weights);
  }

  /** The probability that the pair is equivalent; features beyond the weights are not looked at. */
  public double probability(double[] features) {
    double logit = intercept;
    for (int i = 0; i < weights.size(); i++) {
      logit += weights.get(i) * features[i];
    }
    return 1 / (1 + Math.exp(-logit));
  }
}
