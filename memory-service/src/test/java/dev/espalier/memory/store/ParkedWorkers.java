package dev.espalier.memory.store;

import dev.espalier.memory.api.PlainPostgres;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL without pgvector, and nobody who embeds unless the test does. */
public class ParkedWorkers extends PlainPostgres {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.put("espalier.memory.embedding.workers", "0");
    return overrides;
  }
}
