package dev.espalier.memory.api;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Everything that the service has stored, as a superuser who sees every row of every table reads
 * it.
 */
final class DatabaseDump {

  private final List<String> rows = new ArrayList<>();

  private DatabaseDump() {}

  /** Each row as text, all columns of it, whatever their types. */
  static DatabaseDump take() throws SQLException {
    Config config = ConfigProvider.getConfig();
    DatabaseDump dump = new DatabaseDump();
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("testkit.superuser.jdbc-url", String.class),
                config.getValue("testkit.superuser.username", String.class),
                config.getValue("testkit.superuser.password", String.class));
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet row =
            statement.executeQuery("SELECT t::text FROM memory.\"" + table + "\" t")) {
          while (row.next()) {
            dump.rows.add(table + " " + row.getString(1));
          }
        }
      }
    }
    return dump;
  }

  /** A turn's vector as a row of the dump writes it, wherever it is kept. */
  String vectorOf(String conversation, long seq) {
    Pattern row =
        Pattern.compile("\\w+_embedding \\(" + conversation + "," + seq + ",.*\"(\\{[^}]+})\".*");
    return rows.stream()
        .map(row::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  /** The rows that hold the word: as it is, in any case, or as bytes. */
  List<String> tracesOf(String word) {
    String plain = word.toLowerCase(Locale.ROOT);
    String bytes = HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
    return rows.stream()
        .filter(
            row -> {
              String text = row.toLowerCase(Locale.ROOT);
              return text.contains(plain) || text.contains(bytes);
            })
        .toList();
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = 'memory' AND table_type = 'BASE TABLE'")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }
}
