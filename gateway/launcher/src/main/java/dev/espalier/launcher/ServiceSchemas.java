package dev.espalier.launcher;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database of all services, with a schema and a role for each.
 *
 * <p>Everything here is repeated on every start and changes nothing the second time.
 */
final class ServiceSchemas {

  static final String DATABASE = "espalier";

  private ServiceSchemas() {}

  static String role(String schema) {
    return "espalier_" + schema;
  }

  static void createDatabase(Connection maintenance) throws SQLException {
    if (!exists(maintenance, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
      execute(maintenance, "CREATE DATABASE " + DATABASE);
    }
  }

  /** Makes the role the owner of its schema, and nothing more than that. */
  static void createSchema(Connection database, String schema, String password)
      throws SQLException {
    String role = role(schema);
    if (!exists(database, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      execute(database, "CREATE ROLE " + role + " LOGIN");
    }
    execute(database, "ALTER ROLE " + role + " PASSWORD '" + password + "'");
    execute(database, "CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + role);
    execute(
        database,
        "ALTER ROLE %s IN DATABASE %s SET search_path = %s, public"
            .formatted(role, DATABASE, schema));
  }

  /** Makes a schema that belongs to whoever is connected. */
  static void createSchema(Connection database, String schema) throws SQLException {
    execute(database, "CREATE SCHEMA IF NOT EXISTS " + schema);
  }

  static boolean hasVectorExtension(Connection database) throws SQLException {
    return exists(database, "SELECT 1 FROM pg_extension WHERE extname = ?", "vector");
  }

  /** Creates pgvector's extension where the server can, and tells whether it is there. */
  static boolean createVectorExtension(Connection database) throws SQLException {
    String available = "SELECT 1 FROM pg_available_extensions WHERE name = ?";
    if (!exists(database, available, "vector")) {
      return false;
    }
    execute(database, "CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public");
    return true;
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
