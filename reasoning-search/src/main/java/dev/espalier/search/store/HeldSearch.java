package dev.espalier.search.store;

import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.run.SearchState;
import dev.espalier.search.core.spec.SearchSpec;
import java.util.List;
import java.util.UUID;

/** A search that this worker holds: all it needs to go on, and the way to write down the end. */
public final class HeldSearch {

  private final UUID id;
  private final SearchSpec spec;
  private final List<SearchEvent> history;
  private final FencedEventLog log;
  private final SearchStore store;

  HeldSearch(
      UUID id, SearchSpec spec, List<SearchEvent> history, FencedEventLog log, SearchStore store) {
    this.id = id;
    this.spec = spec;
    this.history = List.copyOf(history);
    this.log = log;
    this.store = store;
  }

  public UUID id() {
    return id;
  }

  /** What was asked for, within the share of the batch's budget. */
  public SearchSpec spec() {
    return spec;
  }

  public List<SearchEvent> history() {
    return history;
  }

  public EventLog log() {
    return log;
  }

  /** Stores what is buffered, because somebody else goes on. */
  public void pause() {
    log.flush();
  }

  /** Stores the result, the last events and the end of the task in one transaction. */
  public SearchStatus finish(SearchState state) {
    StopReason reason = state.stoppedBecause().orElse(StopReason.COMPLETED);
    SearchStatus status =
        switch (reason) {
          case CANCELLED -> SearchStatus.CANCELLED;
          case UPSTREAM_FAILED -> SearchStatus.FAILED;
          default -> SearchStatus.COMPLETED;
        };
    log.finish(
        () ->
            store.setEnded(
                id,
                status,
                Summary.of(state),
                status == SearchStatus.FAILED ? "search.upstream_failed" : null));
    return status;
  }

  /** Gives up on a search that cannot be gone on with, for a fault of ours. */
  public void fail(String code) {
    log.append(List.of(new SearchEvent.Finished(StopReason.UPSTREAM_FAILED, 0)), true);
    log.finish(() -> store.setEnded(id, SearchStatus.FAILED, null, code));
  }
}
