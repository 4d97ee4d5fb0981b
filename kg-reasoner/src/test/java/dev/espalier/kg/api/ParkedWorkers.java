package dev.espalier.kg.api;

import java.util.Map;

/** Nobody trains unless the test does. */
public class ParkedWorkers extends PlainPostgres {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("espalier.kg.jobs.concurrency", "0");
  }
}
