package dev.espalier.search.store;

import dev.espalier.persistence.StoredEvent;
import dev.espalier.search.core.event.SearchEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Events as rows: a stable name for each kind, and the record's members as JSON. */
@ApplicationScoped
public class EventCodec {

  /** The last event's name. */
  public static final String FINISHED = "finished";

  private static final Map<String, Class<? extends SearchEvent>> KINDS =
      Map.of(
          "claimed",
          SearchEvent.Claimed.class,
          "call_started",
          SearchEvent.CallStarted.class,
          "call_ended",
          SearchEvent.CallEnded.class,
          "proposed",
          SearchEvent.Proposed.class,
          "grouped",
          SearchEvent.Grouped.class,
          "scored",
          SearchEvent.Scored.class,
          "need_failed",
          SearchEvent.NeedFailed.class,
          "answer_found",
          SearchEvent.AnswerFound.class,
          FINISHED,
          SearchEvent.Finished.class);

  private static final Map<Class<?>, String> NAMES =
      KINDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private final SearchJson json;

  EventCodec(SearchJson json) {
    this.json = json;
  }

  StoredEvent encode(long seq, SearchEvent event) {
    String name = Objects.requireNonNull(NAMES.get(event.getClass()), () -> event + " has no name");
    return new StoredEvent(seq, name, json.write(event));
  }

  /**
   * @throws IllegalStateException for a kind that only a newer version knows: passing it over would
   *     replay another search than the one that happened
   */
  SearchEvent decode(StoredEvent stored) {
    Class<? extends SearchEvent> kind = KINDS.get(stored.type());
    if (kind == null) {
      throw new IllegalStateException("event of an unknown kind: " + stored.type());
    }
    return json.read(stored.payload(), kind);
  }
}
