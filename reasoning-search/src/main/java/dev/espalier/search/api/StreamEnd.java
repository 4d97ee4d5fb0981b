package dev.espalier.search.api;

import dev.espalier.persistence.StoredEvent;
import dev.espalier.search.store.EventCodec;
import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends every stream of events with one that says why. */
final class StreamEnd {

  /** The process stops before the search does. It is in no table and has no id to go on after. */
  static final StoredEvent INTERRUPTED =
      new StoredEvent(0, "interrupted", "{\"reason\":\"service_stopping\"}");

  private StreamEnd() {}

  /** The same events, and {@link #INTERRUPTED} where the last one is not the search's end. */
  static Multi<StoredEvent> told(Multi<StoredEvent> events) {
    AtomicBoolean isFinished = new AtomicBoolean();
    return events
        .onItem()
        .invoke(event -> isFinished.compareAndSet(false, isFinal(event)))
        .onCompletion()
        .continueWith(() -> isFinished.get() ? List.of() : List.of(INTERRUPTED));
  }

  private static boolean isFinal(StoredEvent event) {
    return event.type().equals(EventCodec.FINISHED);
  }
}
