package dev.espalier.launcher;

import org.jspecify.annotations.Nullable;

/** Why the stack cannot run, in words for the person at the terminal. */
public final class LaunchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LaunchException(String message) {
    this(message, null);
  }

  public LaunchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
