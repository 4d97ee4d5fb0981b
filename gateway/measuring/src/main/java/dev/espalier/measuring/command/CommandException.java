package dev.espalier.measuring.command;

import org.jspecify.annotations.Nullable;

/** Why a command ends with a failure, in words for the person at the terminal. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    this(message, null);
  }

  public CommandException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
