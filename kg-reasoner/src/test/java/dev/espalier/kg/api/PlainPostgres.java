package dev.espalier.kg.api;

import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of its own. */
public class PlainPostgres implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(PostgresResource.class, Map.of("schema", "kg", "vectors", "none")));
  }
}
