package dev.espalier.search.api;

import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of the test's own, and a model on a socket that says what the test tells it to. */
public class SearchPostgres implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(
            PostgresResource.class, Map.of("schema", "reasoning", "vectors", "none")),
        new TestResourceEntry(ScriptedModel.class));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "espalier.search.workers.poll", "100MS",
        "espalier.search.streams.poll", "50MS",
        "espalier.search.limits.batch-items", "50");
  }
}
