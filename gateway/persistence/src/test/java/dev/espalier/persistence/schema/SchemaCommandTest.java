package dev.espalier.persistence.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.launcher.EmbeddedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migrations are two of this module's own, in the test resources. */
class SchemaCommandTest {

  private static final String AWKWARD = ":/?#[]@+%$'\"\\ ${x} &=";

  @TempDir static Path directory;
  private static EmbeddedDatabase database;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeAll
  static void startDatabase() throws SQLException {
    var settings =
        new EmbeddedDatabase.Settings(directory, 0, List.of("memory"), false, line -> {});
    database = EmbeddedDatabase.start(settings);
    for (String role : List.of("migrated", "twice", "waited", "broken", "ahead")) {
      administrate(
          "CREATE ROLE " + role + " LOGIN PASSWORD '" + AWKWARD.replace("'", "''") + "'",
          "CREATE SCHEMA " + role + " AUTHORIZATION " + role);
    }
    administrate("CREATE ROLE schemaless LOGIN PASSWORD 'x'");
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void migratesWithAPasswordOfAwkwardCharacters() {
    int status = run("migrate", target("migrated", AWKWARD));

    assertEquals(0, status, this::said);
    assertTrue(said().contains(": 2 migrations in"), this::said);
    assertTrue(said().contains("version 2"), this::said);
    assertFalse(said().contains(AWKWARD));
  }

  @Test
  void migratesTwiceWithoutHarm() {
    run("migrate", target("twice", AWKWARD));

    int status = run("migrate", target("twice", AWKWARD));

    assertEquals(0, status, this::said);
    assertTrue(said().contains(": 0 migrations in"), this::said);
  }

  @Test
  void failsLoudlyWhenAMigrationDoes() throws SQLException {
    administrate(
        "CREATE TABLE broken.plant (in_the_way int)", "ALTER TABLE broken.plant OWNER TO broken");

    int status = run("migrate", target("broken", AWKWARD));

    assertEquals(1, status);
    assertTrue(said().contains("FAILED database.migration"), this::said);
    administrate("DROP TABLE broken.plant");
  }

  @Test
  void waitsUntilSomebodyElseMigrated() {
    var waiting = CompletableFuture.supplyAsync(() -> run("await", target("waited", AWKWARD)));
    while (!said().contains("lacks the migrations 1, 2")) {
      Thread.onSpinWait();
    }

    Flyway.configure()
        .dataSource(superuser().jdbcUrl(), "waited", AWKWARD)
        .schemas("waited")
        .load()
        .migrate();

    assertEquals(0, waiting.join(), this::said);
  }

  @Test
  void stopsWaitingInTheEnd() throws SQLException {
    int status =
        SchemaCommand.run(
            List.of("await"), target("schemaless", "x"), print(), Duration.ofMillis(1));

    assertEquals(1, status);
    assertTrue(said().contains("FAILED after"), this::said);
  }

  @Test
  void acceptsASchemaThatIsAhead() throws SQLException {
    run("migrate", target("ahead", AWKWARD));
    administrate(
        """
        INSERT INTO ahead.flyway_schema_history
          SELECT installed_rank + 1, '3', 'later', type, 'V3__later.sql', 1, installed_by, now(), 1, true
          FROM ahead.flyway_schema_history WHERE version = '2'
        """);

    int status = run("await", target("ahead", AWKWARD));

    assertEquals(0, status, this::said);
  }

  @Test
  void tellsAWrongPassword() {
    assertEquals(1, run("check", target("migrated", "wrong")));
    assertTrue(said().contains("FAILED database.refused"), this::said);
  }

  @Test
  void tellsAServerThatIsNotThere() {
    Map<String, String> target = target("migrated", AWKWARD);
    target.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/espalier");

    assertEquals(1, run("check", target));
    assertTrue(said().contains("FAILED database.unreachable"), this::said);
  }

  @Test
  void givesUpAServerThatDoesNotCome() {
    Map<String, String> target = target("migrated", AWKWARD);
    target.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/espalier");

    int status = SchemaCommand.run(List.of("migrate"), target, print(), Duration.ofMillis(1));

    assertEquals(1, status);
    assertTrue(said().contains("waiting for the server"), this::said);
    assertTrue(said().contains("FAILED database.unreachable"), this::said);
  }

  @Test
  void tellsADatabaseThatIsNotThere() {
    Map<String, String> target = target("migrated", AWKWARD);
    target.put("QUARKUS_DATASOURCE_JDBC_URL", superuser().jdbcUrl() + "s");

    assertEquals(1, run("check", target));
    assertTrue(said().contains("FAILED database.missing"), this::said);
  }

  @Test
  void tellsASchemaThatItMayNotCreate() {
    assertEquals(1, run("migrate", target("schemaless", "x")));
    assertTrue(said().contains("FAILED database.schema_missing"), this::said);
    assertTrue(said().contains("CREATE SCHEMA \"schemaless\" AUTHORIZATION \"schemaless\";"));
  }

  @Test
  void tellsASchemaThatBelongsToSomebodyElse() {
    Map<String, String> target = target("schemaless", "x");
    target.put("QUARKUS_FLYWAY_SCHEMAS", "migrated");

    assertEquals(1, run("check", target));
    assertTrue(said().contains("FAILED database.schema_not_permitted"), this::said);
  }

  @Test
  void refusesASuperuser() {
    Map<String, String> target = target("migrated", superuser().password());
    target.put("QUARKUS_DATASOURCE_USERNAME", superuser().user());

    assertEquals(1, run("check", target));
    assertTrue(said().contains("FAILED database.role_bypasses_row_security"), this::said);
  }

  @Test
  void saysThatVectorsAreMissingWhereTheyAreNeeded() {
    DatabaseAccess memory = database.access("memory");
    Map<String, String> target = target("memory", memory.password());
    target.put("QUARKUS_DATASOURCE_USERNAME", memory.user());
    String code =
        EmbeddedDatabase.isPgVectorBuilt()
            ? "database.vector_not_created"
            : "database.vector_not_installed";

    int without = run("check", target);
    target.put("ESPALIER_MEMORY_VECTORS_MODE", "pgvector");
    int with = run("check", target);

    assertEquals(0, without, this::said);
    assertEquals(1, with, this::said);
    assertTrue(said().contains("note " + code), this::said);
    assertTrue(said().contains("FAILED " + code), this::said);
    assertTrue(said().contains("CREATE EXTENSION vector WITH SCHEMA public;"), this::said);
  }

  @Test
  void namesTheVariableThatIsMissing() {
    Map<String, String> target = target("migrated", AWKWARD);
    target.remove("QUARKUS_FLYWAY_SCHEMAS");

    assertEquals(2, run("migrate", target));
    assertTrue(said().contains("QUARKUS_FLYWAY_SCHEMAS is not set"), this::said);
  }

  @Test
  void explainsItself() {
    assertEquals(2, run("destroy", Map.of()));
    assertTrue(said().contains("usage: check | migrate | await"), this::said);
  }

  private int run(String command, Map<String, String> environment) {
    return SchemaCommand.run(List.of(command), environment, print(), Duration.ofMinutes(1));
  }

  private static Map<String, String> target(String role, String password) {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", superuser().jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", role);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", password);
    environment.put("QUARKUS_FLYWAY_SCHEMAS", role);
    return environment;
  }

  private static DatabaseAccess superuser() {
    return database.superuser();
  }

  private static void administrate(String... statements) throws SQLException {
    try (Connection connection = superuser().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private PrintStream print() {
    return new PrintStream(said, true, UTF_8);
  }

  private String said() {
    return said.toString(UTF_8);
  }
}
