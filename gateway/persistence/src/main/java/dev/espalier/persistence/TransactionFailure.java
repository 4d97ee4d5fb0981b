package dev.espalier.persistence;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A transaction that did not happen, for a reason that may pass. */
public final class TransactionFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The stable reasons. */
  public enum Reason {
    DATABASE_UNAVAILABLE,
    DATABASE_READ_ONLY,
    DEADLINE_EXCEEDED
  }

  private final Reason reason;

  private TransactionFailure(Reason reason, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  static TransactionFailure databaseUnavailable(Throwable cause) {
    return new TransactionFailure(
        Reason.DATABASE_UNAVAILABLE, "the database did not answer", cause);
  }

  static TransactionFailure deadlineExceeded(@Nullable Throwable cause) {
    return new TransactionFailure(Reason.DEADLINE_EXCEEDED, "the deadline has passed", cause);
  }

  public Reason reason() {
    return reason;
  }

  /**
   * What a failed transaction means: the database is away, full or read-only, the time was up, or
   * else something is wrong with us and the failure goes on as it is.
   */
  static RuntimeException translate(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransactionFailure e) {
        return e;
      }
      if (cause instanceof SQLException e) {
        return translate(failure, e.getSQLState());
      }
    }
    return failure;
  }

  private static RuntimeException translate(RuntimeException failure, @Nullable String sqlState) {
    String state = sqlState == null ? "" : sqlState;
    if (state.equals("57014")) { // query_canceled: the statement time-out
      return deadlineExceeded(failure);
    }
    if (state.equals("25006") || state.equals("53100")) { // read-only transaction, disk full
      return new TransactionFailure(
          Reason.DATABASE_READ_ONLY, "the database takes no writes now", failure);
    }
    boolean isAway =
        state.isEmpty() // the pool gave no connection
            || state.startsWith("08") // connection exception
            || state.startsWith("40") // deadlock, serialisation failure: the other one went first
            || state.startsWith("53") // insufficient resources
            || state.startsWith("57P") // shut down, crashed, starting up
            || state.startsWith("58"); // system error
    return isAway ? databaseUnavailable(failure) : failure;
  }
}
