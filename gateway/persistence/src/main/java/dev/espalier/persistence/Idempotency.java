package dev.espalier.persistence;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Gives a request that is sent again the answer it had the first time. The service's schema has the
 * table {@code idempotency_key (tenant_id, key, request_hash, response, resource_id, created_at)}.
 */
@ApplicationScoped
class Idempotency {

  private static final Duration KEPT = Duration.ofHours(24);

  private final Database database;
  private final Clock clock;

  Idempotency(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Runs the work once per key. A second request with the same key waits for the first one's
   * transaction, then gets its answer; if the first failed, nothing was kept and the second runs.
   * Called inside a unit of work, which makes the key and the effect one.
   *
   * @param requestHash says whether a key comes back with another request
   * @throws ReusedKeyException when the key came with another request
   */
  Answer once(String tenant, String key, byte[] requestHash, Supplier<Answer> work) {
    boolean isFirst =
        database.update(
                """
                INSERT INTO idempotency_key (tenant_id, key, request_hash, created_at)
                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                tenant,
                key,
                requestHash,
                clock.instant())
            == 1;
    if (!isFirst) {
      return replay(tenant, key, requestHash);
    }
    Answer answer = work.get();
    database.update(
        """
        UPDATE idempotency_key SET response = ?, resource_id = ? WHERE tenant_id = ? AND key = ?
        """,
        answer.body(),
        answer.resource(),
        tenant,
        key);
    forgetOld(tenant);
    return answer;
  }

  private Answer replay(String tenant, String key, byte[] requestHash) {
    return database
        .queryOne(
            """
            SELECT request_hash, response, resource_id FROM idempotency_key
            WHERE tenant_id = ? AND key = ?
            """,
            row -> {
              if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
                throw new ReusedKeyException();
              }
              return new Answer(
                  Objects.requireNonNull(row.getString("response")),
                  row.getObject("resource_id", UUID.class));
            },
            tenant,
            key)
        .orElseThrow(
            // Deleted between the two statements: the next try is a first one.
            () ->
                new ProblemException(
                    Problem.of(ErrorCode.UNAVAILABLE, "the first answer was just deleted")));
  }

  /** A few at a time, and none that somebody else holds, so that nobody waits for it. */
  private void forgetOld(String tenant) {
    database.update(
        """
        DELETE FROM idempotency_key WHERE tenant_id = ? AND key IN (
          SELECT key FROM idempotency_key WHERE tenant_id = ? AND created_at < ?
          ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED)
        """,
        tenant,
        tenant,
        clock.instant().minus(KEPT));
  }

  /**
   * What was answered.
   *
   * @param body the response body as it was sent
   * @param resource what it speaks of: when that goes, the answer goes too
   */
  record Answer(String body, UUID resource) {}
}
