package dev.espalier.persistence;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tasks that workers of any replica claim, hold and end. Whoever stops sending heartbeats loses the
 * task to the next claim.
 *
 * <p>The service's schema has the table {@code (id uuid PRIMARY KEY, tenant_id text NOT NULL,
 * due_at timestamptz NOT NULL, worker text, lease_until timestamptz, fence bigint NOT NULL DEFAULT
 * 0, failures integer NOT NULL DEFAULT 0)}, a row for each task that is not done. Workers of all
 * tenants read it, so it holds no text of a user and has no row-level security.
 *
 * <p>Times are the database's: one clock for all replicas.
 */
public final class Leases {

  /*
   * Fair share: the task that waits longest of the tenant that has the fewest running. The lock is
   * never waited for; a row that another claim has just taken fails the condition when PostgreSQL
   * looks at it again, and is passed by.
   */
  private static final String CLAIM =
      """
      UPDATE %1$s SET worker = ?, fence = fence + 1,
        lease_until = now() + ? * interval '1 millisecond'
      WHERE id = (
        SELECT waiting.id FROM %1$s AS waiting
        LEFT JOIN (
          SELECT tenant_id, count(*) AS running FROM %1$s WHERE lease_until > now() GROUP BY tenant_id
        ) AS share ON share.tenant_id = waiting.tenant_id
        WHERE waiting.due_at <= now()
          AND (waiting.lease_until IS NULL OR waiting.lease_until <= now())
        ORDER BY coalesce(share.running, 0), waiting.due_at, waiting.id
        LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED)
      RETURNING id, tenant_id, fence, failures
      """;

  private static final String EXTEND =
      """
      UPDATE %s AS task SET lease_until = now() + ? * interval '1 millisecond'
      FROM unnest(?::uuid[], ?::bigint[]) AS held (id, fence)
      WHERE task.id = held.id AND task.fence = held.fence
      RETURNING task.id
      """;

  private final TenantTransactions transactions;
  private final Database database;
  private final String table;

  /**
   * @param table a name from our code, never from a request
   */
  public Leases(TenantTransactions transactions, Database database, String table) {
    this.transactions = transactions;
    this.database = database;
    this.table = table;
  }

  /** Adds a task, in the transaction in hand. */
  public void add(UUID id, String tenant) {
    database.update(
        "INSERT INTO %s (id, tenant_id, due_at) VALUES (?, ?, now())".formatted(table), id, tenant);
  }

  /** Takes the next task for a while, in a transaction of its own. */
  public Optional<Lease> claim(String worker, Duration duration) {
    return transactions.run(
        () ->
            database.queryOne(
                CLAIM.formatted(table),
                row ->
                    new Lease(
                        row.getObject("id", UUID.class),
                        row.getString("tenant_id"),
                        row.getLong("fence"),
                        row.getInt("failures")),
                worker,
                duration.toMillis()));
  }

  /**
   * The heartbeat of all tasks of a process at once, in a transaction of its own.
   *
   * @return the tasks that are still held
   */
  public Set<UUID> extend(Collection<Lease> leases, Duration duration) {
    String[] ids = leases.stream().map(lease -> lease.id().toString()).toArray(String[]::new);
    long[] fences = leases.stream().mapToLong(Lease::fence).toArray();
    return new HashSet<>(
        transactions.run(
            () ->
                database.query(
                    EXTEND.formatted(table),
                    row -> row.getObject("id", UUID.class),
                    duration.toMillis(),
                    ids,
                    fences)));
  }

  /**
   * Keeps everybody else from claiming the task until the transaction in hand is over. To be called
   * before the first write of every transaction that a worker makes.
   *
   * @throws StaleLeaseException when somebody else has the task now
   */
  public void require(Lease lease) {
    boolean isHeld =
        database
            .queryOne(
                "SELECT 1 FROM %s WHERE id = ? AND fence = ? FOR NO KEY UPDATE".formatted(table),
                row -> true,
                lease.id(),
                lease.fence())
            .isPresent();
    if (!isHeld) {
      throw new StaleLeaseException(lease);
    }
  }

  /**
   * The task is done; in the transaction in hand, which stores the result.
   *
   * @throws StaleLeaseException when somebody else has the task now
   */
  public void end(Lease lease) {
    int ended =
        database.update(
            "DELETE FROM %s WHERE id = ? AND fence = ?".formatted(table),
            lease.id(),
            lease.fence());
    if (ended == 0) {
      throw new StaleLeaseException(lease);
    }
  }

  /** Removes a task whoever holds it, in the transaction in hand. */
  public void remove(UUID id) {
    database.update("DELETE FROM %s WHERE id = ?".formatted(table), id);
  }

  /**
   * Gives a task back, if it is still held, in a transaction of its own.
   *
   * @param pause until it may be claimed again
   * @param isFailure whether this counts as a failure of the task
   */
  public void release(Lease lease, Duration pause, boolean isFailure) {
    transactions.run(
        () ->
            database.update(
                """
                UPDATE %s SET worker = NULL, lease_until = NULL, failures = failures + ?,
                  due_at = CASE WHEN ? = 0 THEN due_at ELSE now() + ? * interval '1 millisecond' END
                WHERE id = ? AND fence = ?
                """
                    .formatted(table),
                isFailure ? 1 : 0,
                pause.toMillis(),
                pause.toMillis(),
                lease.id(),
                lease.fence()));
  }

  /** How many tasks are held, and how many wait, over all tenants. */
  public Load load() {
    return transactions.run(
        () ->
            database
                .queryOne(
                    """
                    SELECT count(*) FILTER (WHERE lease_until > now()) AS running, count(*) AS open
                    FROM %s
                    """
                        .formatted(table),
                    row ->
                        new Load(
                            row.getLong("running"), row.getLong("open") - row.getLong("running")))
                .orElseThrow());
  }

  /** The table's length. */
  public record Load(long running, long waiting) {}
}
