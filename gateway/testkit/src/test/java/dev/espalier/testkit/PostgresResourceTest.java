package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresResourceTest {

  private static final String EXTENSIONS =
      "SELECT count(*) FROM pg_extension WHERE extname = 'vector'";

  @Test
  void hasNoExtensionUnlessAsked() throws SQLException {
    assertEquals(0, extensions("none"));
  }

  @Test
  void hasTheExtensionWhenAsked() throws SQLException {
    assumeTrue(PostgresResource.isPgVectorAvailable());
    assertEquals(1, extensions("pgvector"));
  }

  @Test
  void namesTheArgumentThatIsMissing() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PostgresResource().init(Map.of("vectors", "none")));

    assertEquals("PostgresResource needs the argument schema", refused.getMessage());
  }

  private static int extensions(String vectors) throws SQLException {
    PostgresResource resource = new PostgresResource();
    resource.init(Map.of("schema", "memory", "vectors", vectors));
    Map<String, String> config = resource.start();
    try (Connection connection =
            DriverManager.getConnection(
                config.get("quarkus.datasource.jdbc.url"),
                config.get("quarkus.datasource.username"),
                config.get("quarkus.datasource.password"));
        ResultSet rows = connection.createStatement().executeQuery(EXTENSIONS)) {
      rows.next();
      return rows.getInt(1);
    } finally {
      resource.stop();
    }
  }
}
