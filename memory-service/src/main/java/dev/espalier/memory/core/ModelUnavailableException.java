package dev.espalier.memory.core;

/**
 * A model gives no usable answer now: away, too slow, refusing, or answering nonsense. Its message
 * is of our own making and holds nothing that was sent or received.
 */
public final class ModelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelUnavailableException(String why) {
    super(why);
  }
}
