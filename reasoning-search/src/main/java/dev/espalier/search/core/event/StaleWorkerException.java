package dev.espalier.search.core.event;

/** Another worker holds the search: this one's fencing token is refused, and it stops. */
public final class StaleWorkerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StaleWorkerException() {
    super("another worker holds the search");
  }
}
