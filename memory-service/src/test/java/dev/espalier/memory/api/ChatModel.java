package dev.espalier.memory.api;

import java.util.List;
import java.util.stream.Stream;

/** A model summarises. */
public class ChatModel extends PlainPostgres {

  @Override
  public List<TestResourceEntry> testResources() {
    return Stream.concat(
            super.testResources().stream(),
            Stream.of(new TestResourceEntry(ScriptedSummaries.class)))
        .toList();
  }
}
