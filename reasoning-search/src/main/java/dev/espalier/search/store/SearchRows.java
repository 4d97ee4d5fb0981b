package dev.espalier.search.store;

import dev.espalier.persistence.Database;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.store.StoredSearch.BatchItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a row of {@code search} is read. */
@ApplicationScoped
class SearchRows {

  private static final String COLUMNS =
      """
      SELECT id, status, spec, metadata, summary, failure, batch_id, item, is_control, attempt,
        created_at, updated_at, finished_at FROM search WHERE\s""";

  private final Database database;
  private final SearchJson json;

  SearchRows(Database database, SearchJson json) {
    this.database = database;
    this.json = json;
  }

  void insert(String tenant, Instant now, List<StoredSearch> searches) {
    List<@Nullable BatchItem> items = new ArrayList<>();
    searches.forEach(search -> items.add(search.item()));
    database.update(
        """
        INSERT INTO search (id, tenant_id, status, spec, metadata, batch_id, item, is_control,
          attempt, created_at, updated_at)
        SELECT wanted.id, ?, ?, wanted.spec::jsonb, wanted.metadata::jsonb, wanted.batch_id::uuid,
          CASE WHEN wanted.batch_id IS NULL THEN NULL ELSE wanted.item END,
          wanted.is_control, wanted.attempt, ?, ?
        FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::boolean[],
          ?::integer[]) AS wanted (id, spec, metadata, batch_id, item, is_control, attempt)
        """,
        tenant,
        SearchStatus.QUEUED,
        now,
        now,
        texts(searches, search -> search.id().toString()),
        texts(searches, search -> json.write(search.spec())),
        texts(searches, search -> json.write(search.metadata())),
        texts(items, item -> item == null ? null : item.batch().toString()),
        texts(items, item -> Integer.toString(item == null ? 0 : item.number())),
        texts(items, item -> Boolean.toString(item != null && item.isControl())),
        texts(items, item -> Integer.toString(item == null ? 1 : item.attempt())));
  }

  private static <T extends @Nullable Object> @Nullable String[] texts(
      List<T> rows, Function<T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  /**
   * @param condition SQL of ours, with the order and the limit
   */
  List<StoredSearch> select(String condition, @Nullable Object... parameters) {
    return database.query(COLUMNS + condition, this::read, parameters);
  }

  private StoredSearch read(ResultSet row) throws SQLException {
    String summary = row.getString("summary");
    UUID batch = row.getObject("batch_id", UUID.class);
    return new StoredSearch(
        row.getObject("id", UUID.class),
        SearchStatus.valueOf(row.getString("status")),
        json.read(row.getString("spec"), SearchSpec.class),
        json.readMembers(row.getString("metadata")),
        summary == null ? null : json.read(summary, Summary.class),
        row.getString("failure"),
        batch == null
            ? null
            : new BatchItem(
                batch, row.getInt("item"), row.getBoolean("is_control"), row.getInt("attempt")),
        Objects.requireNonNull(Database.instant(row, "created_at")),
        Objects.requireNonNull(Database.instant(row, "updated_at")),
        Database.instant(row, "finished_at"));
  }
}
