package dev.espalier.persistence;

/** An {@code Idempotency-Key} came back with another request; each service has a code for it. */
public final class ReusedKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReusedKeyException() {
    super("this Idempotency-Key was used for another request");
  }
}
