package dev.espalier.kg.store;

import dev.espalier.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** PostgreSQL's COPY on the connection of the transaction in hand. */
@ApplicationScoped
class BulkCopy {

  private final DataSource dataSource;

  BulkCopy(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Runs a statement that takes no parameters. */
  void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /**
   * Writes rows.
   *
   * @param copy a {@code COPY ... FROM STDIN} of our code
   * @return what the source returned
   */
  <T> T in(String copy, RowSource<T> source) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      CopyIn stream = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
      try {
        CopyRows rows = new CopyRows(stream);
        T result = source.writeTo(rows);
        rows.flush();
        stream.endCopy();
        return result;
      } finally {
        if (stream.isActive()) {
          stream.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /**
   * Reads rows in PostgreSQL's text form, each with its line end.
   *
   * @param copy a {@code COPY ... TO STDOUT} of our code
   */
  void out(String copy, RowTarget target) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      CopyOut stream = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
      try {
        for (byte[] row = stream.readFromCopy(); row != null; row = stream.readFromCopy()) {
          target.accept(row);
        }
      } finally {
        if (stream.isActive()) {
          stream.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** The fields of a row, without PostgreSQL's escapes. */
  static String[] fields(byte[] row) {
    String line = new String(row, 0, row.length - 1, StandardCharsets.UTF_8);
    String[] fields = line.split("\t", -1);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = unescape(fields[i]);
    }
    return fields;
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\') {
        char escaped = field.charAt(++i);
        text.append(
            switch (escaped) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'v' -> '\u000b';
              default -> escaped;
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Writes rows. */
  @FunctionalInterface
  interface RowSource<T> {
    T writeTo(CopyRows rows) throws IOException;
  }

  /** Takes rows. */
  @FunctionalInterface
  interface RowTarget {
    void accept(byte[] row) throws IOException;
  }
}
