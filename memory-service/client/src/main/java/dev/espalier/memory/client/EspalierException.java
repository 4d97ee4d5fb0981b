package dev.espalier.memory.client;

/** The service refused, or could not be reached. */
public final class EspalierException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  EspalierException(int status, String code, String detail) {
    super(code + ": " + detail);
    this.status = status;
    this.code = code;
  }

  EspalierException(Throwable cause) {
    super("memory-service cannot be reached", cause);
    this.status = 0;
    this.code = "client.unreachable";
  }

  /** The HTTP status, 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** The problem's stable code, such as {@code memory.sequence_conflict}. */
  public String code() {
    return code;
  }
}
