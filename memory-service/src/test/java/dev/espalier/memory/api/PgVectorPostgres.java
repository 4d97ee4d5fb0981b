package dev.espalier.memory.api;

import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** PostgreSQL with pgvector. */
public class PgVectorPostgres implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(
            PostgresResource.class, Map.of("schema", "memory", "vectors", "pgvector")));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return PostgresResource.isPgVectorAvailable()
        ? Map.of("espalier.memory.vectors.mode", "pgvector")
        : Map.of();
  }
}
