package dev.espalier.helm.rehearsal;

import org.jspecify.annotations.Nullable;

/** The rehearsal showed a mistake, or cannot go on. */
final class RehearsalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RehearsalException(String message) {
    this(message, null);
  }

  RehearsalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
