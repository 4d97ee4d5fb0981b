package dev.espalier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir Path directory;

  @Test
  void keepsDataAndPasswordsAcrossRestarts() throws SQLException {
    String password;
    try (EmbeddedDatabase database = start()) {
      password = database.access("memory").password();
      execute(database.access("memory"), "CREATE TABLE kept (id int)");
      execute(database.access("memory"), "INSERT INTO kept VALUES (42)");
    }

    try (EmbeddedDatabase database = start()) {
      assertEquals(password, database.access("memory").password());
      assertEquals("42", query(database.access("memory"), "SELECT id FROM memory.kept"));
    }
  }

  @Test
  void commitsToTheDiskAndListensOnLoopbackAlone() throws SQLException {
    try (EmbeddedDatabase database = start()) {
      DatabaseAccess memory = database.access("memory");

      assertEquals("on", query(memory, "SHOW fsync"));
      assertEquals("on", query(memory, "SHOW synchronous_commit"));
      assertEquals("127.0.0.1", query(memory, "SHOW listen_addresses"));
      assertEquals("memory, public", query(memory, "SHOW search_path"));
    }
  }

  @Test
  void asksForThePassword() {
    try (EmbeddedDatabase database = start()) {
      DatabaseAccess memory = database.access("memory");
      var stranger = new DatabaseAccess(memory.jdbcUrl(), memory.user(), "wrong");

      SQLException refused = assertThrows(SQLException.class, stranger::connect);

      assertEquals("28P01", refused.getSQLState());
    }
  }

  @Test
  void givesTheRoleItsSchemaAndNothingMore() throws SQLException {
    try (EmbeddedDatabase database = start()) {
      DatabaseAccess memory = database.access("memory");

      assertThrows(SQLException.class, () -> execute(memory, "CREATE ROLE more"));
      assertThrows(SQLException.class, () -> execute(memory, "CREATE TABLE public.more (id int)"));
      assertEquals("f", query(memory, "SELECT rolbypassrls FROM pg_roles WHERE rolname = user"));
    }
  }

  @Test
  void keepsASecondOwnerAway() {
    try (EmbeddedDatabase database = start()) {
      LaunchException refused = assertThrows(LaunchException.class, this::start);

      assertTrue(refused.getMessage().contains("in use by another stack"));
      assertFalse(database.exit().isDone());
    }
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(
        new EmbeddedDatabase.Settings(directory, 0, List.of("memory"), true, line -> {}));
  }

  private static void execute(DatabaseAccess access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(DatabaseAccess access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
