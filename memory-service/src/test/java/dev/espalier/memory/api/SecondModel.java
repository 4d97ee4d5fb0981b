package dev.espalier.memory.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns are embedded in process, and can be moved to an endpoint's model. */
public class SecondModel extends PlainPostgres {

  @Override
  public List<TestResourceEntry> testResources() {
    return Stream.concat(
            super.testResources().stream(),
            Stream.of(new TestResourceEntry(ScriptedEmbeddings.class, Map.of("role", "second"))))
        .toList();
  }
}
