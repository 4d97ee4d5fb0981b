package dev.espalier.search.store;

import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Nobody runs a search unless the test does. */
public class ParkedWorkers implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(
            PostgresResource.class, Map.of("schema", "reasoning", "vectors", "none")));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("espalier.search.workers.concurrency", "0");
  }
}
