package dev.espalier.gateway.store;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Usage;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.PagePosition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was used, call by call and summed up. */
@Singleton
public final class UsageReports {

  /**
   * Which calls.
   *
   * @param tenant of all tenants if null
   * @param key of all keys if null
   * @param from the first moment
   * @param to the first moment that does not belong to it any more
   */
  public record Filter(@Nullable String tenant, @Nullable String key, Instant from, Instant to) {}

  /** The sums of a day (UTC), a tenant, a key and a model. */
  public record Day(
      String day,
      String tenant,
      String key,
      String model,
      long calls,
      long promptTokens,
      long completionTokens,
      long nanos) {}

  private static final String WHERE =
      """
      WHERE at >= ? AND at < ? AND (?::text IS NULL OR tenant = ?) AND (?::text IS NULL OR key = ?)
      """;

  private final Changes changes;
  private final Database database;

  @Inject
  UsageReports(Changes changes, Database database) {
    this.changes = changes;
    this.database = database;
  }

  /** The newest first. */
  public List<Usage> page(Filter filter, PagePosition after, int limit) {
    return changes.read(
        () ->
            database.query(
                "SELECT * FROM usage "
                    + WHERE
                    + " AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?",
                UsageReports::read,
                filter.from(),
                filter.to(),
                filter.tenant(),
                filter.tenant(),
                filter.key(),
                filter.key(),
                after.createdAt(),
                after.id(),
                limit));
  }

  /** The newest day first; the sums behind this many are left out. */
  public List<Day> days(Filter filter, int skip, int limit) {
    return changes.read(
        () ->
            database.query(
                """
                SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, tenant, key, model,
                  count(*) AS calls, sum(prompt_tokens)::bigint AS prompt_tokens,
                  sum(completion_tokens)::bigint AS completion_tokens, sum(nanos)::bigint AS nanos
                FROM usage
                """
                    + WHERE
                    + """
                    GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC, 2, 3, 4 OFFSET ? LIMIT ?
                    """,
                UsageReports::day,
                filter.from(),
                filter.to(),
                filter.tenant(),
                filter.tenant(),
                filter.key(),
                filter.key(),
                skip,
                limit));
  }

  private static Day day(ResultSet row) throws SQLException {
    return new Day(
        row.getString("day"),
        row.getString("tenant"),
        row.getString("key"),
        row.getString("model"),
        row.getLong("calls"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"),
        row.getLong("nanos"));
  }

  private static Usage read(ResultSet row) throws SQLException {
    return new Usage(
        row.getObject("id", UUID.class),
        Objects.requireNonNull(Database.instant(row, "at")),
        new Caller(row.getString("key"), row.getString("tenant"), Set.of()),
        row.getString("request_id"),
        row.getString("operation"),
        row.getString("model"),
        new Charge(
            row.getLong("prompt_tokens"), row.getLong("completion_tokens"), row.getLong("nanos")),
        row.getBoolean("is_estimated"),
        row.getString("outcome"));
  }
}
