package dev.espalier.search.store;

import dev.espalier.persistence.Database;
import dev.espalier.search.core.spec.SearchSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
            : new StoredSearch.BatchItem(
                batch, row.getInt("item"), row.getBoolean("is_control"), row.getInt("attempt")),
        Objects.requireNonNull(Database.instant(row, "created_at")),
        Objects.requireNonNull(Database.instant(row, "updated_at")),
        Database.instant(row, "finished_at"));
  }
}
