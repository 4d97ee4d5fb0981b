package dev.espalier.search.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import io.smallrye.mutiny.Multi;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamEndTest {

  private static final StoredEvent CALL = new StoredEvent(1, "call_started", "{}");
  private static final StoredEvent FINISHED = new StoredEvent(2, "finished", "{}");

  @Test
  void endsAsTheSearchDoes() {
    assertEquals(List.of(CALL, FINISHED), told(CALL, FINISHED));
  }

  @Test
  void saysThatItWasInterrupted() {
    assertEquals(
        List.of(CALL, EventTail.PULSE, StreamEnd.INTERRUPTED), told(CALL, EventTail.PULSE));
    assertEquals(List.of(StreamEnd.INTERRUPTED), told());
  }

  private static List<StoredEvent> told(StoredEvent... events) {
    return StreamEnd.told(Multi.createFrom().items(events))
        .collect()
        .asList()
        .await()
        .indefinitely();
  }
}
