package dev.espalier.equivalence.core.compare;

/**
 * The learned part of the cascade.
 *
 * @param lexical the model that needs no encoder
 * @param encoded the model that looks at the cosine of the encoder's vectors too
 * @param threshold the default: pairs with at least this probability are equivalent
 * @param encoderFrom pairs below this probability of the lexical model are decided without encoder
 */
public record Combiner(
    LogisticModel lexical, LogisticModel encoded, double threshold, double encoderFrom) {

  public Combiner {
    if (lexical.weights().size() != PairFeatures.WITHOUT_ENCODER
        || encoded.weights().size() != PairFeatures.ALL.size()) {
      throw new IllegalArgumentException("weights do not fit the features");
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold: " + threshold);
    }
  }
}
