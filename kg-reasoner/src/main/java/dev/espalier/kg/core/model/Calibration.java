package dev.espalier.kg.core.model;

/**
 * Turns an answer's score into the probability that it is true: a logistic function of the score
 * and of its log-softmax over all entities, fitted on validation queries (Platt).
 *
 * @param intercept constant term
 * @param score weight of the score
 * @param logShare weight of score - logsumexp
 * @param samples answers it was fitted on; 0 if it was not
 */
public record Calibration(double intercept, double score, double logShare, int samples) {

  public Calibration {
    if (!Double.isFinite(intercept) || !Double.isFinite(score) || !Double.isFinite(logShare)) {
      throw new IllegalArgumentException("a calibration must be finite");
    }
  }

  /** The softmax's share itself, where there was nothing to fit on. */
  public static Calibration none() {
    return new Calibration(0, 0, 1, 0);
  }

  /**
   * @param answerScore of the entity
   * @param answerLogShare its score - logsumexp over all entities
   */
  public double probability(double answerScore, double answerLogShare) {
    if (samples == 0) {
      return Math.exp(Math.min(0, answerLogShare));
    }
    return 1 / (1 + Math.exp(-(intercept + score * answerScore + logShare * answerLogShare)));
  }
}
