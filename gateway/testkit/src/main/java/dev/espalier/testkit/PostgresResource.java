package dev.espalier.testkit;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.launcher.Directories;
import dev.espalier.launcher.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own for a component test, with the data source of the service pointed at it.
 *
 * <p>Arguments: {@code schema} names the schema of the service; {@code vectors} is {@code none} or
 * {@code pgvector}. A test that asks for {@code pgvector} assumes {@link #isPgVectorAvailable()}.
 *
 * <p>Beside the data source, {@code testkit.superuser.jdbc-url}, {@code .username} and {@code
 * .password} let a test look behind the service, and {@code testkit.postgres.pid} lets it kill the
 * server.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

  private String schema = "";
  private boolean useVectors;
  private @Nullable Path directory;
  private @Nullable EmbeddedDatabase database;

  /**
   * Whether pgvector was built on this machine.
   *
   * @throws IllegalStateException if it was not, and {@code REQUIRE_PGVECTOR} is {@code true}
   */
  public static boolean isPgVectorAvailable() {
    boolean isBuilt = EmbeddedDatabase.isPgVectorBuilt();
    if (!isBuilt && "true".equals(System.getenv("REQUIRE_PGVECTOR"))) {
      throw new IllegalStateException("REQUIRE_PGVECTOR is true and pgvector was not built");
    }
    return isBuilt;
  }

  @Override
  public void init(Map<String, String> arguments) {
    schema = required(arguments, "schema");
    String vectors = required(arguments, "vectors");
    if (!List.of("none", "pgvector").contains(vectors)) {
      throw new IllegalArgumentException("vectors is none or pgvector, not " + vectors);
    }
    useVectors = vectors.equals("pgvector") && isPgVectorAvailable();
  }

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("espalier-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var settings =
        new EmbeddedDatabase.Settings(directory, 0, List.of(schema), useVectors, line -> {});
    database = EmbeddedDatabase.start(settings);
    DatabaseAccess service = database.access(schema);
    DatabaseAccess superuser = database.superuser();
    return Map.of(
        "quarkus.datasource.jdbc.url", service.jdbcUrl(),
        "quarkus.datasource.username", service.user(),
        "quarkus.datasource.password", service.password(),
        "testkit.superuser.jdbc-url", superuser.jdbcUrl(),
        "testkit.superuser.username", superuser.user(),
        "testkit.superuser.password", superuser.password(),
        "testkit.postgres.pid", Long.toString(database.pid()));
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
    }
    if (directory != null) {
      Directories.delete(directory);
    }
  }

  private static String required(Map<String, String> arguments, String name) {
    @Nullable String value = arguments.get(name);
    if (value == null) {
      throw new IllegalArgumentException("PostgresResource needs the argument " + name);
    }
    return value;
  }
}
