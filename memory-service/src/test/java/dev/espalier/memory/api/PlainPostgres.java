package dev.espalier.memory.api;

import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** PostgreSQL without pgvector. */
public class PlainPostgres implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(
            PostgresResource.class, Map.of("schema", "memory", "vectors", "none")));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("espalier.memory.vectors.mode", "in-process");
  }
}
