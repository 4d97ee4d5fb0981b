package dev.espalier.search.store;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.PagePosition;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TransactionTenant;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.store.StoredSearch.BatchItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches of the tenant of the transaction in hand. */
@ApplicationScoped
public class SearchStore {

  private static final int PAGE_OF_EVENTS = 1_000;

  private final Database database;
  private final TransactionTenant tenant;
  private final SearchRows rows;
  private final SearchTasks tasks;
  private final EventTable events;
  private final EventCodec codec;
  private final SearchJson json;
  private final Clock clock;

  SearchStore(
      Database database,
      TransactionTenant tenant,
      SearchRows rows,
      SearchTasks tasks,
      EventTable events,
      EventCodec codec,
      SearchJson json,
      Clock clock) {
    this.database = database;
    this.tenant = tenant;
    this.rows = rows;
    this.tasks = tasks;
    this.events = events;
    this.codec = codec;
    this.json = json;
    this.clock = clock;
  }

  /** Stores a search for a worker to take. */
  public StoredSearch create(SearchSpec spec, Map<String, Object> metadata) {
    return createAll(List.of(new NewSearch(spec, metadata, null))).get(0);
  }

  /** Stores many at once. */
  public List<StoredSearch> createAll(List<NewSearch> wanted) {
    Instant now = now();
    List<StoredSearch> created =
        wanted.stream()
            .map(
                one ->
                    new StoredSearch(
                        UUID.randomUUID(),
                        SearchStatus.QUEUED,
                        one.spec(),
                        one.metadata(),
                        null,
                        null,
                        one.item(),
                        now,
                        now,
                        null))
            .toList();
    rows.insert(tenant.id(), now, created);
    tasks.leases().addAll(created.stream().map(StoredSearch::id).toList(), tenant.id());
    return created;
  }

  public Optional<StoredSearch> find(UUID id) {
    return rows.select("id = ? AND tenant_id = ?", id, tenant.id()).stream().findFirst();
  }

  /** Searches, newest first; those of batches too. */
  public List<StoredSearch> page(
      @Nullable PagePosition after,
      @Nullable SearchStatus status,
      @Nullable UUID batch,
      int limit) {
    StringBuilder where = new StringBuilder("tenant_id = ?");
    List<Object> parameters = new ArrayList<>(List.of(tenant.id()));
    if (after != null) {
      where.append(" AND (created_at, id) < (?, ?)");
      parameters.add(after.createdAt());
      parameters.add(after.id());
    }
    if (status != null) {
      where.append(" AND status = ?");
      parameters.add(status);
    }
    if (batch != null) {
      where.append(" AND batch_id = ?");
      parameters.add(batch);
    }
    parameters.add(limit);
    return rows.select(where + " ORDER BY created_at DESC, id DESC LIMIT ?", parameters.toArray());
  }

  /** Everything that happened so far, in order. */
  public List<SearchEvent> history(UUID id) {
    List<SearchEvent> history = new ArrayList<>();
    List<StoredEvent> page;
    do {
      page = events.after(id, history.size(), PAGE_OF_EVENTS);
      page.forEach(event -> history.add(codec.decode(event)));
    } while (page.size() == PAGE_OF_EVENTS);
    return history;
  }

  /** The number of the last event, or 0. */
  public long lastSeq(UUID id) {
    return events.last(id).map(StoredEvent::seq).orElse(0L);
  }

  void setRunning(UUID id) {
    database.update(
        "UPDATE search SET status = ?, updated_at = ? WHERE id = ? AND tenant_id = ?",
        SearchStatus.RUNNING,
        now(),
        id,
        tenant.id());
  }

  void setEnded(UUID id, SearchStatus status, @Nullable Summary summary, @Nullable String failure) {
    Instant now = now();
    database.update(
        """
        UPDATE search SET status = ?, summary = ?::jsonb, failure = ?, updated_at = ?,
          finished_at = ? WHERE id = ? AND tenant_id = ?
        """,
        status,
        summary == null ? null : json.write(summary),
        failure,
        now,
        now,
        id,
        tenant.id());
  }

  /**
   * Asks that a search ends. One that nobody has taken yet has ended when this returns; a running
   * one ends soon; one that has ended stays as it is.
   */
  public void cancel(UUID id) {
    if (tasks.removeUntouched(id)) {
      long seq = lastSeq(id) + 1;
      events.append(
          id,
          tenant.id(),
          List.of(codec.encode(seq, new SearchEvent.Finished(StopReason.CANCELLED, 0))));
      setEnded(id, SearchStatus.CANCELLED, null, null);
    } else {
      tasks.requestCancel(id);
    }
  }

  /** Removes a search with its events; a worker that runs it finds out at its next write. */
  public boolean delete(UUID id) {
    // The task first: a worker locks it before it writes an event, which locks the search.
    if (find(id).isEmpty()) {
      return false;
    }
    tasks.leases().remove(id);
    database.update("DELETE FROM idempotency_key WHERE resource_id = ?", id);
    return database.update("DELETE FROM search WHERE id = ? AND tenant_id = ?", id, tenant.id())
        == 1;
  }

  /** PostgreSQL keeps microseconds; what is answered now must be what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** A search to store. */
  public record NewSearch(
      SearchSpec spec, Map<String, Object> metadata, @Nullable BatchItem item) {}
}
