package dev.espalier.gateway.store;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.spending.BudgetStore;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Period;
import dev.espalier.persistence.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Budgets as rows that are locked, judged and changed by one statement.
 *
 * <p>Rows are locked in the order of their ids, so that calls with several budgets never wait for
 * each other in a circle; a row that another call changed meanwhile is read again after the wait.
 * The clock of a replica that is behind never takes a budget back to an older period.
 */
@Singleton
public final class PostgresBudgets implements BudgetStore {

  private static final int SWEEP = 500;
  private static final Duration KEPT = Duration.ofDays(1);

  private static final String CURRENT_START =
      """
      GREATEST(b.period_start, CASE b.period WHEN 'DAY' THEN ?::timestamptz
                                             WHEN 'MONTH' THEN ?::timestamptz
                                             ELSE b.period_start END)
      """;

  private static final String RESERVE =
      """
      WITH asked AS (
        SELECT ?::uuid AS id, ?::bigint AS tokens, ?::bigint AS nanos, ?::timestamptz AS deadline
      ), applicable AS MATERIALIZED (
        SELECT b.*, %s AS current_start
        FROM budget b WHERE b.tenant = ? AND (b.key IS NULL OR b.key = ?)
        ORDER BY b.id FOR UPDATE
      ), judged AS MATERIALIZED (
        SELECT b.id, b.period,
          (b.limit_tokens IS NULL OR b.reserved_tokens + asked.tokens
             + CASE WHEN b.period_start = b.current_start THEN b.used_tokens ELSE 0 END
             <= b.limit_tokens)
          AND (b.limit_nanos IS NULL OR b.reserved_nanos + asked.nanos
             + CASE WHEN b.period_start = b.current_start THEN b.used_nanos ELSE 0 END
             <= b.limit_nanos) AS is_enough
        FROM applicable b, asked
      ), taken AS (
        UPDATE budget b
        SET reserved_tokens = b.reserved_tokens + asked.tokens,
            reserved_nanos = b.reserved_nanos + asked.nanos
        FROM judged, asked
        WHERE b.id = judged.id AND (SELECT bool_and(is_enough) FROM judged)
      ), held AS (
        INSERT INTO reservation (id, budgets, tokens, nanos, state, deadline)
        SELECT asked.id, array_agg(judged.id), asked.tokens, asked.nanos, 'HELD', asked.deadline
        FROM judged, asked
        GROUP BY asked.id, asked.tokens, asked.nanos, asked.deadline
        HAVING bool_and(judged.is_enough)
      )
      SELECT id, period FROM judged WHERE NOT is_enough ORDER BY id
      """
          .formatted(CURRENT_START);

  private static final String SETTLE =
      """
      WITH held AS MATERIALIZED (
        SELECT id, budgets, state,
          CASE state WHEN 'HELD' THEN tokens ELSE 0 END AS tokens,
          CASE state WHEN 'HELD' THEN nanos ELSE 0 END AS nanos
        FROM reservation WHERE id = ? AND state <> 'SETTLED' FOR UPDATE
      ), marked AS (
        UPDATE reservation r SET state = 'SETTLED' FROM held WHERE r.id = held.id
      ), locked AS MATERIALIZED (
        SELECT b.id, %s AS current_start
        FROM budget b WHERE b.id IN (SELECT unnest(budgets) FROM held)
        ORDER BY b.id FOR UPDATE
      )
      UPDATE budget b
      SET reserved_tokens = b.reserved_tokens - held.tokens,
          reserved_nanos = b.reserved_nanos - held.nanos,
          used_tokens = ?
            + CASE WHEN b.period_start = locked.current_start THEN b.used_tokens ELSE 0 END,
          used_nanos = ?
            + CASE WHEN b.period_start = locked.current_start THEN b.used_nanos ELSE 0 END,
          period_start = locked.current_start
      FROM held, locked WHERE b.id = locked.id
      """
          .formatted(CURRENT_START);

  private static final String RELEASE =
      """
      WITH due AS MATERIALIZED (
        SELECT id, budgets, tokens, nanos FROM reservation
        WHERE state = 'HELD' AND deadline <= ? ORDER BY deadline LIMIT ? FOR UPDATE SKIP LOCKED
      ), marked AS (
        UPDATE reservation r SET state = 'EXPIRED' FROM due WHERE r.id = due.id
      ), sums AS MATERIALIZED (
        SELECT budget, sum(tokens)::bigint AS tokens, sum(nanos)::bigint AS nanos
        FROM due, unnest(due.budgets) AS budget GROUP BY budget
      ), locked AS MATERIALIZED (
        SELECT id FROM budget WHERE id IN (SELECT budget FROM sums) ORDER BY id FOR UPDATE
      ), released AS (
        UPDATE budget b
        SET reserved_tokens = b.reserved_tokens - sums.tokens,
            reserved_nanos = b.reserved_nanos - sums.nanos
        FROM sums, locked WHERE b.id = locked.id AND sums.budget = locked.id
      )
      SELECT count(*) AS released FROM due
      """;

  private final Database database;

  @Inject
  PostgresBudgets(Database database) {
    this.database = database;
  }

  @Override
  public Outcome reserve(
      UUID reservation, Caller caller, Charge atMost, Instant now, Instant deadline) {
    List<Outcome> exhausted =
        database.query(
            RESERVE,
            row ->
                new Outcome.Exhausted(
                    row.getObject("id", UUID.class), Period.valueOf(row.getString("period"))),
            reservation,
            atMost.tokens(),
            atMost.nanos(),
            deadline,
            Period.DAY.start(now),
            Period.MONTH.start(now),
            caller.tenant(),
            caller.key());
    return exhausted.isEmpty() ? new Outcome.Held() : exhausted.get(0);
  }

  @Override
  public void settle(UUID reservation, Charge used, Instant now) {
    database.update(
        SETTLE,
        reservation,
        Period.DAY.start(now),
        Period.MONTH.start(now),
        used.tokens(),
        used.nanos());
  }

  /**
   * Gives back what nobody has settled in time: its process is gone.
   *
   * @return how many reservations were released
   */
  public long releaseDue(Instant now) {
    long released =
        database.queryOne(RELEASE, row -> row.getLong("released"), now, SWEEP).orElseThrow();
    database.update(
        "DELETE FROM reservation WHERE state <> 'HELD' AND deadline < ?", now.minus(KEPT));
    return released;
  }
}
