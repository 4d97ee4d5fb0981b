package dev.espalier.persistence.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the database with the service's own role, changes nothing, and says what is missing and
 * who can remedy it.
 */
final class Preflight {

  private static final int OLDEST_SERVER = 16;
  private static final int OLDEST_VECTOR_MINOR = 8;

  private final Target target;

  Preflight(Target target) {
    this.target = target;
  }

  List<Finding> findings() {
    try (Connection connection = target.connect()) {
      List<Finding> findings = new ArrayList<>();
      server(connection, findings);
      role(connection, findings);
      schema(connection, findings);
      vector(connection, findings);
      return findings;
    } catch (SQLException e) {
      return List.of(ConnectionFinding.of(target, e));
    }
  }

  private void server(Connection connection, List<Finding> findings) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST_SERVER) {
      findings.add(
          Finding.fatal(
              "database.too_old",
              "the server is PostgreSQL " + major,
              "Espalier needs PostgreSQL 16 or 17."));
    }
  }

  private void role(Connection connection, List<Finding> findings) throws SQLException {
    String bypasses = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";
    if (isTrue(connection, bypasses)) {
      findings.add(
          Finding.fatal(
              "database.role_bypasses_row_security",
              target.user()
                  + " is a superuser or has BYPASSRLS, so row-level security would not bind it",
              "Use an ordinary role. As an administrator:\n" + roleAndSchema()));
    }
  }

  private void schema(Connection connection, List<Finding> findings) throws SQLException {
    boolean exists =
        isTrue(
            connection,
            "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)",
            target.schema());
    if (!exists) {
      if (!isTrue(connection, "SELECT has_database_privilege(current_database(), 'CREATE')")) {
        findings.add(
            Finding.fatal(
                "database.schema_missing",
                "there is no schema "
                    + target.schema()
                    + ", and "
                    + target.user()
                    + " may not create it",
                "As an administrator:\n"
                    + "CREATE SCHEMA %s AUTHORIZATION %s;"
                        .formatted(quoted(target.schema()), quoted(target.user()))));
      }
      return;
    }
    String mayWrite =
        "SELECT has_schema_privilege(?, 'CREATE') AND has_schema_privilege(?, 'USAGE')";
    if (!isTrue(connection, mayWrite, target.schema(), target.schema())) {
      findings.add(
          Finding.fatal(
              "database.schema_not_permitted",
              target.user() + " may not create tables in the schema " + target.schema(),
              "As an administrator:\n"
                  + "ALTER SCHEMA %s OWNER TO %s;"
                      .formatted(quoted(target.schema()), quoted(target.user()))));
    }
  }

  /**
   * The extension is created by an administrator, never by us: it needs rights that we don't want.
   */
  private void vector(Connection connection, List<Finding> findings) throws SQLException {
    if (!target.schema().equals("memory")) {
      return;
    }
    @Nullable String created =
        text(connection, "SELECT extversion FROM pg_extension WHERE extname = 'vector'");
    if (created != null) {
      if (isOldVector(created)) {
        findings.add(
            vectorFinding(
                "database.vector_too_old",
                "the extension vector is " + created,
                "Install pgvector 0.8.0 or later on the server, then as an administrator:\n"
                    + "ALTER EXTENSION vector UPDATE;"));
      }
      return;
    }
    @Nullable String available =
        text(
            connection,
            "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'");
    findings.add(
        available == null
            ? vectorFinding(
                "database.vector_not_installed",
                "pgvector is not installed on the server: its files are missing there",
                "Install the package (postgresql-17-pgvector on Debian), or use an image that has it;"
                    + " managed services list it among their extensions. Then as an administrator:\n"
                    + "CREATE EXTENSION vector WITH SCHEMA public;")
            : vectorFinding(
                "database.vector_not_created",
                "pgvector "
                    + available
                    + " is installed on the server, but not created in this database"
                    + ", which "
                    + target.user()
                    + " is not permitted to do",
                "As an administrator, in this database:\n"
                    + "CREATE EXTENSION vector WITH SCHEMA public;"));
  }

  private Finding vectorFinding(String code, String problem, String remedy) {
    return target.needsVectors()
        ? Finding.fatal(code, problem, remedy)
        : Finding.note(
            code,
            problem,
            "Not needed: vectors are searched inside memory-service. To have it all the same:\n"
                + remedy);
  }

  private static boolean isOldVector(String version) {
    String[] parts = version.split("\\.", -1);
    return parts[0].equals("0") && Integer.parseInt(parts[1]) < OLDEST_VECTOR_MINOR;
  }

  private String roleAndSchema() {
    return """
        CREATE ROLE espalier_%1$s LOGIN PASSWORD '...';
        CREATE SCHEMA IF NOT EXISTS %1$s AUTHORIZATION espalier_%1$s;"""
        .formatted(target.schema());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isTrue(Connection connection, String query, String... parameters)
      throws SQLException {
    return "t".equals(text(connection, query, parameters));
  }

  private static @Nullable String text(Connection connection, String query, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }
}
