package dev.espalier.memory.store;

import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The outbox table of turns that wait for their vector. */
@ApplicationScoped
public class PostgresEmbeddingQueue implements EmbeddingQueue {

  /*
   * A batch belongs to one conversation and is one transaction, so the claim needs no lease: a
   * worker that dies drops its locks with its connection. No lock is ever waited for here: what
   * another worker or a delete holds is passed by.
   */
  private static final String FIRST_DUE =
      """
      SELECT conversation_id, tenant_id FROM embedding_task
      WHERE conversation_id > ? AND (due_at <= ? OR due_at > ?) AND NOT is_dead
      ORDER BY conversation_id, seq LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration UNTIL_MODEL_IS_BACK = Duration.ofSeconds(5);

  /** Nothing is ever put off for so long: what is due later is so by a clock that was set back. */
  private static final Duration BEYOND_ANY_PAUSE = Duration.ofMinutes(10);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** About four minutes of trying with doubling pauses. */
  private static final int MAX_ATTEMPTS = 8;

  private final TenantTransactions transactions;
  private final Database database;
  private final TurnStore turns;
  private final VectorRows vectors;
  private final ConversationEvents events;
  private final Clock clock;

  PostgresEmbeddingQueue(
      TenantTransactions transactions,
      Database database,
      TurnStore turns,
      VectorRows vectors,
      ConversationEvents events,
      Clock clock) {
    this.transactions = transactions;
    this.database = database;
    this.turns = turns;
    this.vectors = vectors;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Optional<Served> process(int limit, UUID after, Work work) {
    return transactions.run(
        () ->
            firstDue(after)
                .or(() -> firstDue(BEFORE_ALL))
                .map(due -> new Served(due.conversation(), processBatch(due, limit, work))));
  }

  /** How many turns wait, and how many were given up on, over all tenants. */
  public Backlog backlog() {
    return transactions.run(
        () ->
            database
                .queryOne(
                    """
                    SELECT count(*) FILTER (WHERE NOT is_dead) AS waiting,
                      count(*) FILTER (WHERE is_dead) AS dead FROM embedding_task
                    """,
                    row -> new Backlog(row.getLong("waiting"), row.getLong("dead")))
                .orElseThrow());
  }

  private Optional<Due> firstDue(UUID after) {
    return database.queryOne(
        FIRST_DUE,
        row -> new Due(row.getObject("conversation_id", UUID.class), row.getString("tenant_id")),
        after,
        clock.instant(),
        beyondAnyPause());
  }

  private int processBatch(Due due, int limit, Work work) {
    transactions.enter(due.tenant(), BATCH_TIMEOUT);
    boolean isLocked =
        database
            .queryOne(
                "SELECT 1 FROM conversation WHERE id = ? FOR KEY SHARE SKIP LOCKED",
                row -> true,
                due.conversation())
            .isPresent();
    List<Long> claimed =
        isLocked
            ? database.query(
                """
                SELECT seq FROM embedding_task
                WHERE conversation_id = ? AND (due_at <= ? OR due_at > ?) AND NOT is_dead
                ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED
                """,
                row -> row.getLong("seq"),
                due.conversation(),
                clock.instant(),
                beyondAnyPause(),
                limit)
            : List.of();
    if (!claimed.isEmpty()) {
      List<Turn> batch = List.copyOf(turns.find(due.conversation(), claimed).values());
      Optional<EmbeddingModel> model = vectors.of(due.conversation());
      store(due, work.embed(model.orElse(null), batch));
    }
    return claimed.size();
  }

  private void store(Due due, List<Outcome> outcomes) {
    List<Outcome.Embedded> embedded = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Embedded done) {
        embedded.add(done);
      } else if (outcome instanceof Outcome.Failed failed) {
        postpone(due, failed);
      } else {
        waitForModel(due, outcome.seq());
      }
    }
    if (embedded.isEmpty()) {
      return;
    }
    List<Outcome.Embedded> written = vectors.insert(due.conversation(), due.tenant(), embedded);
    if (written.isEmpty()) {
      return;
    }
    database.update(
        "DELETE FROM embedding_task WHERE conversation_id = ? AND seq = ANY (?)",
        due.conversation(),
        written.stream().mapToLong(Outcome.Embedded::seq).toArray());
    events.publish(
        due.conversation(),
        ConversationEvent.embedded(written.stream().map(Outcome.Embedded::seq).toList()));
  }

  private Instant beyondAnyPause() {
    return clock.instant().plus(BEYOND_ANY_PAUSE);
  }

  private void waitForModel(Due due, long seq) {
    database.update(
        "UPDATE embedding_task SET due_at = ? WHERE conversation_id = ? AND seq = ?",
        clock.instant().plus(UNTIL_MODEL_IS_BACK),
        due.conversation(),
        seq);
  }

  private void postpone(Due due, Outcome.Failed failed) {
    Instant now = clock.instant();
    database.update(
        """
        UPDATE embedding_task SET attempts = attempts + 1, last_error = ?,
          due_at = ?::timestamptz + ?::interval * power(2, attempts),
          is_dead = attempts + 1 >= ?
        WHERE conversation_id = ? AND seq = ?
        """,
        failed.why(),
        now,
        FIRST_RETRY.toString(),
        MAX_ATTEMPTS,
        due.conversation(),
        failed.seq());
  }

  /** A conversation with a turn that is due. */
  private record Due(UUID conversation, String tenant) {}

  /** The queue's length. */
  public record Backlog(long waiting, long dead) {}
}
