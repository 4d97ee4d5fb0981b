package dev.espalier.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a database is and who may enter it. */
public record DatabaseAccess(String jdbcUrl, String user, String password) {

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  /** Without the password, because this may be logged. */
  @Override
  public String toString() {
    return user + " at " + jdbcUrl;
  }
}
