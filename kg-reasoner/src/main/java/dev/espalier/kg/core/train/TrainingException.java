package dev.espalier.kg.core.train;

/** A training that cannot go on. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  private TrainingException(String code, String message) {
    super(message);
    this.code = code;
  }

  static TrainingException diverged(int epoch) {
    return new TrainingException(
        "kg.training_diverged", "the loss is not finite in epoch " + epoch + "; lower the rate");
  }

  static TrainingException nothingToLearn() {
    return new TrainingException("kg.nothing_to_learn", "the graph has no training triples");
  }

  /** {@code kg.training_diverged} or {@code kg.nothing_to_learn}; trying again does not help. */
  public String code() {
    return code;
  }
}
