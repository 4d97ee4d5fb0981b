package dev.espalier.memory.core.forgetting;

/**
 * What counts how much in a turn's strength.
 *
 * @param information of the turn's information content, 1 being the conversation's mean
 * @param activation of the base-level activation, which is 0 for what was said just now and falls
 *     with the logarithm of its age
 * @param use of the logarithm of 1 + the number of uses
 * @param redundancy taken off a near-duplicate of a stronger turn
 * @param question taken off a turn that ends by asking: it tells less than what answers it
 * @param decay how fast activation falls: the exponent d of t^-d
 * @param duplicateCosine from which similarity on two turns say the same
 */
public record Weights(
    double information,
    double activation,
    double use,
    double redundancy,
    double question,
    double decay,
    double duplicateCosine) {

  public static final Weights DEFAULT = new Weights(1, 0.1, 0.5, 0.5, 0.4, 0.5, 0.95);

  public Weights {
    boolean isNatural =
        information >= 0 && activation >= 0 && use >= 0 && redundancy >= 0 && question >= 0;
    if (!isNatural) {
      throw new IllegalArgumentException("a negative weight");
    }
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("decay=" + decay);
    }
    if (!(duplicateCosine > 0 && duplicateCosine <= 1)) {
      throw new IllegalArgumentException("duplicate_cosine=" + duplicateCosine);
    }
  }
}
