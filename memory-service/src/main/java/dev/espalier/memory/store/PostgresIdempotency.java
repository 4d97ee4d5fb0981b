package dev.espalier.memory.store;

import dev.espalier.memory.core.MemoryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Gives a request that is sent again the answer it had the first time. */
@ApplicationScoped
public class PostgresIdempotency {

  private static final Duration KEPT = Duration.ofHours(24);

  private final Database database;
  private final Clock clock;

  PostgresIdempotency(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Runs the work once per key. A second request with the same key waits for the first one's
   * transaction, then gets its answer; if the first failed, nothing was kept and the second runs.
   * Called inside a unit of work, which makes the key and the effect one.
   *
   * @param requestHash says whether a key comes back with another request
   * @throws MemoryException {@code memory.idempotency_key_reused}
   */
  public Answer once(String tenant, String key, byte[] requestHash, Supplier<Answer> work) {
    forgetOld(tenant);
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
        UPDATE idempotency_key SET response = ?, conversation_id = ? WHERE tenant_id = ? AND key = ?
        """,
        answer.body(),
        answer.conversation(),
        tenant,
        key);
    return answer;
  }

  private Answer replay(String tenant, String key, byte[] requestHash) {
    return database
        .queryOne(
            """
            SELECT request_hash, response, conversation_id FROM idempotency_key
            WHERE tenant_id = ? AND key = ?
            """,
            row -> {
              if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
                throw MemoryException.idempotencyKeyReused();
              }
              return new Answer(
                  Objects.requireNonNull(row.getString("response")),
                  row.getObject("conversation_id", UUID.class));
            },
            tenant,
            key)
        .orElseThrow(MemoryException::conversationNotFound);
  }

  private void forgetOld(String tenant) {
    database.update(
        "DELETE FROM idempotency_key WHERE tenant_id = ? AND created_at < ?",
        tenant,
        clock.instant().minus(KEPT));
  }

  /**
   * What was answered.
   *
   * @param body the response body as it was sent
   * @param conversation the conversation it speaks of: when that goes, the answer goes too
   */
  public record Answer(String body, UUID conversation) {}
}
