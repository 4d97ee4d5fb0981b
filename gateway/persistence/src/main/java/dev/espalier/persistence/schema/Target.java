package dev.espalier.persistence.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * The schema that is meant, from the variables that the service itself reads.
 *
 * @param needsVectors whether the service cannot work without the extension {@code vector}
 */
record Target(String url, String user, String password, String schema, boolean needsVectors) {

  private static final String CONNECT_TIMEOUT_S = "5";

  /**
   * @throws IllegalArgumentException that names the variable at fault
   */
  static Target of(Map<String, String> environment) {
    String url = required(environment, "QUARKUS_DATASOURCE_JDBC_URL");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "QUARKUS_DATASOURCE_JDBC_URL does not start with jdbc:postgresql:");
    }
    return new Target(
        url,
        required(environment, "QUARKUS_DATASOURCE_USERNAME"),
        required(environment, "QUARKUS_DATASOURCE_PASSWORD"),
        required(environment, "QUARKUS_FLYWAY_SCHEMAS"),
        "pgvector".equals(environment.get("ESPALIER_MEMORY_VECTORS_MODE")));
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
    return DriverManager.getConnection(url, properties);
  }

  /** The migrations on the class path against this schema. */
  Flyway migrations() {
    return Flyway.configure()
        .dataSource(url, user, password)
        .schemas(schema)
        .locations("classpath:db/migration")
        .load();
  }

  /** Without the password, because this is printed. */
  @Override
  public String toString() {
    return "schema " + schema + " as " + user + " at " + url;
  }

  private static String required(Map<String, String> environment, String name) {
    @Nullable String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }
}
