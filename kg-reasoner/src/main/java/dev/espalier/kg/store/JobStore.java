package dev.espalier.kg.store;

import dev.espalier.kg.resource.Job;
import dev.espalier.kg.resource.JobStatus;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.Leases;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Training jobs, their checkpoints and events. Called inside a transaction of a tenant. */
/*
 * Every change of a job takes the task's row before the job's, so that a worker and a cancellation
 * never wait for each other. Whoever ends a job deletes its task: a worker that comes later fails
 * Leases.require, and writes nothing.
 */
@ApplicationScoped
public class JobStore {

  private static final String SELECT =
      """
      SELECT id, kg_id, snapshot, status, request, progress, error, model_id, created_at, updated_at
      FROM job WHERE tenant_id = ? AND id = ?
      """;

  private final Database database;
  private final Leases leases;
  private final EventTable events;
  private final Clock clock;
  private final TransactionTenant tenant;

  JobStore(
      Database database, Leases leases, EventTable events, Clock clock, TransactionTenant tenant) {
    this.database = database;
    this.leases = leases;
    this.events = events;
    this.clock = clock;
    this.tenant = tenant;
  }

  /**
   * Takes a job in.
   *
   * @param request as JSON
   * @param most unfinished jobs that a tenant may have
   * @throws KgException {@code kg.too_many_jobs}
   */
  public Job add(Kg kg, String request, int most) {
    long unfinished =
        database
            .queryOne(
                "SELECT count(*) AS jobs FROM job_task WHERE tenant_id = ?",
                row -> row.getLong("jobs"),
                tenant.id())
            .orElseThrow();
    if (unfinished >= most) {
      throw new KgException(
          Reason.TOO_MANY_JOBS, "at most " + most + " jobs wait or run at a time");
    }
    UUID id = UUID.randomUUID();
    Instant now = now();
    database.update(
        """
        INSERT INTO job
          (id, tenant_id, kg_id, snapshot, status, request, progress, created_at, updated_at)
        VALUES (?, ?, ?, ?, 'QUEUED', ?::jsonb, '{}', ?, ?)
        """,
        id,
        tenant.id(),
        kg.id(),
        kg.snapshot(),
        request,
        now,
        now);
    leases.add(id, tenant.id());
    say(id, "queued", "{}");
    return get(id);
  }

  /**
   * @throws KgException {@code kg.job_not_found}
   */
  public Job get(UUID id) {
    return find(id).orElseThrow(KgException::jobNotFound);
  }

  public Optional<Job> find(UUID id) {
    return database.queryOne(SELECT, JobStore::read, tenant.id(), id);
  }

  /** The last number of a job's events. */
  public long lastEvent(UUID id) {
    return events.last(id).map(StoredEvent::seq).orElse(0L);
  }

  /** A worker has begun, or goes on. */
  public void running(Lease lease, String payload) {
    leases.require(lease);
    database.update(
        "UPDATE job SET status = 'RUNNING', updated_at = ? WHERE id = ?", now(), lease.id());
    say(lease.id(), "running", payload);
  }

  /** The state after an epoch, with what it says to followers. */
  public void checkpoint(Lease lease, int epoch, byte[] state, String progress) {
    leases.require(lease);
    database.update(
        """
        INSERT INTO checkpoint (job_id, tenant_id, epoch, state, saved_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (job_id) DO UPDATE
          SET epoch = excluded.epoch, state = excluded.state, saved_at = excluded.saved_at
        """,
        lease.id(),
        lease.tenant(),
        epoch,
        state,
        now());
    database.update(
        "UPDATE job SET progress = ?::jsonb, updated_at = ? WHERE id = ?",
        progress,
        now(),
        lease.id());
    say(lease.id(), "epoch", progress);
  }

  public Optional<byte[]> checkpoint(UUID id) {
    return database.queryOne(
        "SELECT state FROM checkpoint WHERE job_id = ?",
        row -> Objects.requireNonNull(row.getBytes("state")),
        id);
  }

  public void succeeded(Lease lease, UUID model, String payload) {
    leases.end(lease);
    finish(lease.id(), JobStatus.SUCCEEDED, model, null, payload);
  }

  /**
   * @param error as JSON
   */
  public void failed(Lease lease, String error) {
    leases.end(lease);
    finish(lease.id(), JobStatus.FAILED, null, error, error);
  }

  /**
   * Ends a job that is not over; cancelling twice is the same as once.
   *
   * @throws KgException {@code kg.job_not_found}, {@code kg.job_finished}
   */
  public Job cancel(UUID id) {
    JobStatus before = get(id).status();
    if (before == JobStatus.SUCCEEDED || before == JobStatus.FAILED) {
      throw new KgException(Reason.JOB_FINISHED, "the job has " + before.wireName());
    }
    leases.remove(id);
    // Whoever was first has ended it; what we read before we had the lock says nothing.
    if (!isFinal(id)) {
      finish(id, JobStatus.CANCELLED, null, null, "{}");
    }
    return get(id);
  }

  private boolean isFinal(UUID id) {
    return database
        .queryOne(
            "SELECT status FROM job WHERE id = ? FOR UPDATE",
            row -> JobStatus.valueOf(row.getString("status")),
            id)
        .map(JobStatus::isFinal)
        .orElseThrow(KgException::jobNotFound);
  }

  private void finish(
      UUID id, JobStatus status, @Nullable UUID model, @Nullable String error, String payload) {
    database.update(
        "UPDATE job SET status = ?, model_id = ?, error = ?::jsonb, updated_at = ? WHERE id = ?",
        status,
        model,
        error,
        now(),
        id);
    database.update("DELETE FROM checkpoint WHERE job_id = ?", id);
    say(id, status.wireName(), payload);
  }

  private void say(UUID id, String type, String payload) {
    long seq =
        database
            .queryOne(
                "UPDATE job SET events = events + 1 WHERE id = ? RETURNING events",
                row -> row.getLong("events"),
                id)
            .orElseThrow();
    events.append(id, tenant.id(), List.of(new StoredEvent(seq, type, payload)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Job read(ResultSet row) throws SQLException {
    return new Job(
        row.getObject("id", UUID.class),
        row.getObject("kg_id", UUID.class),
        row.getLong("snapshot"),
        JobStatus.valueOf(row.getString("status")),
        row.getString("request"),
        row.getString("progress"),
        Optional.ofNullable(row.getString("error")),
        Optional.ofNullable(row.getObject("model_id", UUID.class)),
        Objects.requireNonNull(Database.instant(row, "created_at")),
        Objects.requireNonNull(Database.instant(row, "updated_at")));
  }
}
