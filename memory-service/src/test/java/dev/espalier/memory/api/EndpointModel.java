package dev.espalier.memory.api;

import java.util.List;
import java.util.stream.Stream;

/** Turns are embedded by an endpoint. */
public class EndpointModel extends PlainPostgres {

  @Override
  public List<TestResourceEntry> testResources() {
    return Stream.concat(
            super.testResources().stream(),
            Stream.of(new TestResourceEntry(ScriptedEmbeddings.class)))
        .toList();
  }
}
