package dev.espalier.gateway.store;

import dev.espalier.gateway.core.spending.Period;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.PagePosition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The budgets as the operator sees them. */
@Singleton
public final class BudgetRecords {

  /**
   * A budget and how much of it is gone.
   *
   * @param key the key it is for, or null: for all keys of the tenant
   * @param limitTokens null if it does not limit tokens
   * @param limitNanos null if it does not limit money
   */
  public record Budget(
      UUID id,
      String tenant,
      @Nullable String key,
      Period period,
      @Nullable Long limitTokens,
      @Nullable Long limitNanos,
      Instant periodStart,
      long usedTokens,
      long usedNanos,
      long reservedTokens,
      long reservedNanos,
      Instant createdAt) {}

  private final Changes changes;
  private final Database database;

  @Inject
  BudgetRecords(Changes changes, Database database) {
    this.changes = changes;
    this.database = database;
  }

  /**
   * @return false if there is no such tenant
   */
  public boolean add(Budget budget) {
    return changes.make(
        () ->
            database.update(
                    """
                    INSERT INTO budget (id, tenant, key, period, limit_tokens, limit_nanos,
                                        period_start, created_at)
                    SELECT ?, id, ?, ?, ?, ?, ?, ? FROM tenant WHERE id = ?
                    """,
                    budget.id(),
                    budget.key(),
                    budget.period(),
                    budget.limitTokens(),
                    budget.limitNanos(),
                    budget.periodStart(),
                    budget.createdAt(),
                    budget.tenant())
                == 1);
  }

  public Optional<Budget> find(UUID id, Instant now) {
    return changes.read(
        () ->
            database
                .queryOne("SELECT * FROM budget WHERE id = ?", BudgetRecords::read, id)
                .map(budget -> current(budget, now)));
  }

  /** The newest first, of one tenant or of all. */
  public List<Budget> page(@Nullable String tenant, PagePosition after, int limit, Instant now) {
    return changes.read(
        () ->
            database
                .query(
                    """
                    SELECT * FROM budget
                    WHERE (created_at, id) < (?, ?) AND (?::text IS NULL OR tenant = ?)
                    ORDER BY created_at DESC, id DESC LIMIT ?
                    """,
                    BudgetRecords::read,
                    after.createdAt(),
                    after.id(),
                    tenant,
                    tenant,
                    limit)
                .stream()
                .map(budget -> current(budget, now))
                .toList());
  }

  /** Sets other limits; what is used and reserved stays. */
  public Optional<Budget> change(
      UUID id, @Nullable Long limitTokens, @Nullable Long limitNanos, Instant now) {
    return changes.make(
        () ->
            database
                .queryOne(
                    """
                    UPDATE budget SET limit_tokens = ?::bigint, limit_nanos = ?::bigint
                    WHERE id = ? RETURNING *
                    """,
                    BudgetRecords::read,
                    limitTokens,
                    limitNanos,
                    id)
                .map(budget -> current(budget, now)));
  }

  public boolean delete(UUID id) {
    return changes.make(() -> database.update("DELETE FROM budget WHERE id = ?", id) == 1);
  }

  /** What was used in a period that is over counts no more, though no call has said so yet. */
  private static Budget current(Budget budget, Instant now) {
    Instant start = budget.period().start(now);
    return start.isAfter(budget.periodStart())
        ? new Budget(
            budget.id(),
            budget.tenant(),
            budget.key(),
            budget.period(),
            budget.limitTokens(),
            budget.limitNanos(),
            start,
            0,
            0,
            budget.reservedTokens(),
            budget.reservedNanos(),
            budget.createdAt())
        : budget;
  }

  private static Budget read(ResultSet row) throws SQLException {
    return new Budget(
        row.getObject("id", UUID.class),
        row.getString("tenant"),
        row.getString("key"),
        Period.valueOf(row.getString("period")),
        row.getObject("limit_tokens", Long.class),
        row.getObject("limit_nanos", Long.class),
        Objects.requireNonNull(Database.instant(row, "period_start")),
        row.getLong("used_tokens"),
        row.getLong("used_nanos"),
        row.getLong("reserved_tokens"),
        row.getLong("reserved_nanos"),
        Objects.requireNonNull(Database.instant(row, "created_at")));
  }
}
