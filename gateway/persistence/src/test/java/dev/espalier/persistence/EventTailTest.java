package dev.espalier.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Multi;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventTailTest {

  private static final UUID STREAM = new UUID(1, 2);

  private final EventTail tail = tail();

  @Test
  void endsEveryStreamWithOneThatSaysWhy() {
    List<List<StoredEvent>> heard = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      heard.add(listen(tail.follow("tenant", STREAM, 0)));
    }

    tail.close();

    heard.forEach(events -> assertEquals(List.of(EventTail.INTERRUPTED), events));
    assertEquals(0, tail.followers());
  }

  @Test
  void endsAStreamThatComesTooLateLikeThoseBefore() {
    tail.close();

    List<StoredEvent> heard = listen(tail.follow("tenant", STREAM, 0));

    assertEquals(List.of(EventTail.INTERRUPTED), heard);
    assertEquals(0, tail.followers());
  }

  private static List<StoredEvent> listen(Multi<StoredEvent> stream) {
    List<StoredEvent> heard = new ArrayList<>();
    stream.subscribe().with(heard::add);
    return heard;
  }

  /** One that never looks, so that there is nothing to hear. */
  private static EventTail tail() {
    Database none = new Database(null);
    return new EventTail(
        new TenantTransactions(none, new TransactionTenant(), Clock.systemUTC()),
        new EventTable(none, "event"),
        new EventTail.Settings(Duration.ofSeconds(1), Duration.ofSeconds(15), 100),
        event -> false);
  }
}
