package dev.espalier.memory.store;

import dev.espalier.memory.core.MemoryException;
import java.sql.SQLException;

/** SQL that failed inside a unit of work; {@link #translate} says what it means to a client. */
final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super(cause.getSQLState(), cause);
  }

  /**
   * What a failed unit of work means: the database is away, full or read-only, the time was up, or
   * else something is wrong with us and the failure goes on as it is.
   */
  static RuntimeException translate(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MemoryException e) {
        return e;
      }
      if (cause instanceof SQLException e) {
        return translate(failure, e.getSQLState());
      }
    }
    return failure;
  }

  private static RuntimeException translate(RuntimeException failure, String sqlState) {
    String state = sqlState == null ? "" : sqlState;
    if (state.equals("57014")) { // query_canceled: the statement time-out
      return MemoryException.deadlineExceeded(failure);
    }
    if (state.equals("25006") || state.equals("53100")) { // read-only transaction, disk full
      return MemoryException.databaseReadOnly(failure);
    }
    boolean isAway =
        state.isEmpty() // the pool gave no connection
            || state.startsWith("08") // connection exception
            || state.startsWith("53") // insufficient resources
            || state.startsWith("57P") // shut down, crashed, starting up
            || state.startsWith("58"); // system error
    return isAway ? MemoryException.databaseUnavailable(failure) : failure;
  }
}
