package dev.espalier.search.store;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import dev.espalier.search.core.batch.SavingsMeter;
import dev.espalier.search.core.batch.Share;
import dev.espalier.search.store.StoredSearch.BatchItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Batches of the tenant of the transaction in hand. An item's last attempt is what counts. */
@ApplicationScoped
public class BatchStore {

  private static final String IS_LAST =
      """
      NOT EXISTS (SELECT 1 FROM search AS later WHERE later.batch_id = search.batch_id
        AND later.item = search.item AND later.is_control = search.is_control
        AND later.attempt > search.attempt)""";

  /** What each search has taken of the budget: spent where it has ended, else granted. */
  private static final String TAKEN =
      """
      SELECT count(*) FILTER (WHERE finished_at IS NULL AND share IS NULL) AS waiting,
        sum(coalesce((summary->'total'->>'prompt_tokens')::bigint
          + (summary->'total'->>'completion_tokens')::bigint, (share->>'tokens')::bigint, 0)
        )::bigint AS tokens,
        sum(coalesce((summary->'total'->>'calls')::bigint, (share->>'calls')::bigint, 0)
        )::bigint AS calls,
        sum(coalesce((summary->'total'->>'money')::float8, (share->>'money')::float8, 0)) AS money,
        sum(coalesce((summary->>'active_millis')::bigint,
          (extract(epoch FROM (share->>'time')::interval) * 1000)::bigint, 0))::bigint AS millis
      FROM search WHERE batch_id = ?
      """;

  private final Database database;
  private final TransactionTenant tenant;
  private final SearchRows rows;
  private final SearchJson json;
  private final Clock clock;

  BatchStore(
      Database database, TransactionTenant tenant, SearchRows rows, SearchJson json, Clock clock) {
    this.database = database;
    this.tenant = tenant;
    this.rows = rows;
    this.json = json;
    this.clock = clock;
  }

  public StoredBatch create(
      Share budget, double controlFraction, long seed, Map<String, Object> metadata, int items) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    database.update(
        """
        INSERT INTO search_batch (id, tenant_id, budget, control_fraction, seed, metadata, items,
          created_at) VALUES (?, ?, ?::jsonb, ?, ?, ?::jsonb, ?, ?)
        """,
        id,
        tenant.id(),
        json.write(budget),
        controlFraction,
        seed,
        json.write(metadata),
        items,
        now);
    return new StoredBatch(id, budget, controlFraction, seed, metadata, items, now);
  }

  public Optional<StoredBatch> find(UUID id) {
    return database.queryOne(
        """
        SELECT id, budget, control_fraction, seed, metadata, items, created_at FROM search_batch
        WHERE id = ? AND tenant_id = ?
        """,
        this::read,
        id,
        tenant.id());
  }

  /** How many of the last attempts have come how far; control runs apart. */
  public Map<SearchStatus, Integer> progress(UUID batch, boolean isControl) {
    Map<SearchStatus, Integer> progress = new EnumMap<>(SearchStatus.class);
    database.query(
        """
        SELECT status, count(*) AS searches FROM search
        WHERE batch_id = ? AND tenant_id = ? AND is_control = ? AND %s GROUP BY status
        """
            .formatted(IS_LAST),
        row -> progress.put(SearchStatus.valueOf(row.getString("status")), row.getInt("searches")),
        batch,
        tenant.id(),
        isControl);
    return progress;
  }

  /** The last attempts of items after a number, in their order. */
  public List<StoredSearch> items(UUID batch, int after, int limit) {
    return rows.select(
        "batch_id = ? AND tenant_id = ? AND NOT is_control AND item > ? AND "
            + IS_LAST
            + " ORDER BY item LIMIT ?",
        batch,
        tenant.id(),
        after,
        limit);
  }

  /** The last attempts that failed, control runs too. */
  public List<StoredSearch> failed(UUID batch) {
    return rows.select(
        "batch_id = ? AND tenant_id = ? AND status = 'FAILED' AND "
            + IS_LAST
            + " ORDER BY item, is_control",
        batch,
        tenant.id());
  }

  /** Items of which both runs have completed. */
  public List<SavingsMeter.Pair> pairs(UUID batch) {
    return database.query(
        """
        WITH last AS (
          SELECT item, is_control, summary,
            (summary->'total'->>'prompt_tokens')::bigint
              + (summary->'total'->>'completion_tokens')::bigint AS tokens
          FROM search WHERE batch_id = ? AND tenant_id = ? AND status = 'COMPLETED' AND %s)
        SELECT pruned.tokens AS pruned, control.tokens AS control,
          pruned.summary->>'answer' IS NOT DISTINCT FROM control.summary->>'answer' AS is_same
        FROM last AS pruned JOIN last AS control ON pruned.item = control.item
        WHERE NOT pruned.is_control AND control.is_control
        ORDER BY pruned.item
        """
            .formatted(IS_LAST),
        row ->
            new SavingsMeter.Pair(
                row.getLong("pruned"), row.getLong("control"), row.getBoolean("is_same")),
        batch,
        tenant.id());
  }

  /** What a search may spend of its batch's budget; granted once, and the same ever after. */
  Share shareOf(UUID search, BatchItem item) {
    StoredBatch batch = lock(item.batch());
    if (batch.budget().equals(Share.UNLIMITED)) {
      return Share.UNLIMITED;
    }
    return granted(search)
        .orElseGet(
            () -> {
              Share share = grant(batch);
              database.update(
                  "UPDATE search SET share = ?::jsonb WHERE id = ?", json.write(share), search);
              return share;
            });
  }

  /** Those that have not ended. */
  public List<StoredSearch> open(UUID batch) {
    return rows.select(
        "batch_id = ? AND tenant_id = ? AND finished_at IS NULL ORDER BY id", batch, tenant.id());
  }

  /** Puts whoever changes the batch, or takes of its budget, one after the other. */
  public StoredBatch lock(UUID batch) {
    database.query("SELECT 1 FROM search_batch WHERE id = ? FOR NO KEY UPDATE", row -> true, batch);
    return find(batch).orElseThrow();
  }

  private Optional<Share> granted(UUID search) {
    return database.queryOne(
        "SELECT share FROM search WHERE id = ? AND share IS NOT NULL",
        row -> json.read(row.getString("share"), Share.class),
        search);
  }

  private Share grant(StoredBatch batch) {
    return database
        .queryOne(
            TAKEN,
            row ->
                batch
                    .budget()
                    .grant(
                        List.of(
                            new Share(
                                row.getLong("tokens"),
                                row.getLong("calls"),
                                Duration.ofMillis(row.getLong("millis")),
                                row.getDouble("money"))),
                        row.getInt("waiting")),
            batch.id())
        .orElseThrow();
  }

  private StoredBatch read(ResultSet row) throws SQLException {
    return new StoredBatch(
        row.getObject("id", UUID.class),
        json.read(row.getString("budget"), Share.class),
        row.getDouble("control_fraction"),
        row.getLong("seed"),
        json.readMembers(row.getString("metadata")),
        row.getInt("items"),
        Objects.requireNonNull(Database.instant(row, "created_at")));
  }

  /**
   * A batch without its searches.
   *
   * @param controlFraction of the items that run a second time, unpruned
   * @param seed by which those items are drawn
   */
  public record StoredBatch(
      UUID id,
      Share budget,
      double controlFraction,
      long seed,
      Map<String, Object> metadata,
      int items,
      Instant createdAt) {}
}
