package dev.espalier.persistence;

import java.sql.SQLException;

/** SQL that failed inside a transaction; {@link TransactionFailure} says what it means. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatabaseException(SQLException cause) {
    super(cause.getSQLState(), cause);
  }

  /** The five characters of the SQL standard, or an empty text. */
  public String sqlState() {
    return getMessage() == null ? "" : getMessage();
  }
}
