package dev.espalier.maths;

/** The text is not mathematics that the strict reader knows, or it passes a limit. */
public final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unreadable(String reason) {
    super(reason, null, false, false);
  }
}
