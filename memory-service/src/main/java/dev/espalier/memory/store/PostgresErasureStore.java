package dev.espalier.memory.store;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.erasure.Erased;
import dev.espalier.memory.core.erasure.Erasure;
import dev.espalier.memory.core.erasure.ErasureStore;
import dev.espalier.memory.core.erasure.Target;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The rows of {@code erasure}, and the statements that erase. */
@ApplicationScoped
public class PostgresErasureStore implements ErasureStore {

  private static final String COUNTS =
      "conversations, turns, vectors, postings, summaries, idempotency_keys, events";

  private final Database database;
  private final TransactionTenant tenant;
  private final HibernateConversationStore conversations;
  private final VectorRows vectors;
  private final PostgresPostings postings;
  private final ConversationEvents events;

  PostgresErasureStore(
      Database database,
      TransactionTenant tenant,
      HibernateConversationStore conversations,
      VectorRows vectors,
      PostgresPostings postings,
      ConversationEvents events) {
    this.database = database;
    this.tenant = tenant;
    this.conversations = conversations;
    this.vectors = vectors;
    this.postings = postings;
    this.events = events;
  }

  @Override
  public Erased redact(UUID conversation, Collection<Long> seqs) {
    conversations.lock(conversation);
    List<Long> emptied = empty(conversation, seqs);
    if (emptied.isEmpty()) {
      return Erased.NOTHING;
    }
    long[] rows = emptied.stream().mapToLong(Long::longValue).toArray();
    int deletedVectors = vectors.delete(conversation, rows);
    int deletedPostings = postings.remove(conversation, emptied);
    vectors.postingsChanged(conversation);
    bury(conversation, rows);
    int closedKeys = closeKeys(conversation, rows);
    events.publish(conversation, ConversationEvent.redacted(emptied));
    return new Erased(0, emptied.size(), deletedVectors, deletedPostings, 0, closedKeys, 0);
  }

  /** To the tiers they are gone: no policy weighs them, and no neighbour's words lead to them. */
  private void bury(UUID conversation, long[] seqs) {
    for (String table : new String[] {"turn_use", "turn_pin"}) {
      database.update(
          "DELETE FROM " + table + " WHERE conversation_id = ? AND tenant_id = ? AND seq = ANY (?)",
          conversation,
          tenant.id(),
          seqs);
    }
    database.update(
        """
        INSERT INTO turn_tier (conversation_id, seq, tenant_id, tier, since_seq, since)
        SELECT c.id, gone.seq, c.tenant_id, 'PURGED', c.last_seq, ?
        FROM conversation c, unnest(?) AS gone (seq) WHERE c.id = ? AND c.tenant_id = ?
        ON CONFLICT (conversation_id, seq) DO UPDATE SET tier = excluded.tier
        """,
        conversations.now(),
        seqs,
        conversation,
        tenant.id());
  }

  /** Empties those that are not empty yet; answers which. */
  private List<Long> empty(UUID conversation, Collection<Long> seqs) {
    long[] wanted = seqs.stream().mapToLong(Long::longValue).distinct().toArray();
    Optional<Long> unknown =
        database.queryOne(
            """
            SELECT wanted.seq FROM unnest(?) AS wanted (seq) LEFT JOIN turn t
              ON t.conversation_id = ? AND t.tenant_id = ? AND t.seq = wanted.seq
            WHERE t.seq IS NULL LIMIT 1
            """,
            row -> row.getLong("seq"),
            wanted,
            conversation,
            tenant.id());
    if (unknown.isPresent()) {
      throw MemoryException.turnNotFound(unknown.get());
    }
    return database.query(
        """
        UPDATE turn SET content = '', speaker = NULL, metadata = '{}', client_turn_id = NULL,
          redacted_at = ?
        WHERE conversation_id = ? AND tenant_id = ? AND seq = ANY (?) AND redacted_at IS NULL
        RETURNING seq
        """,
        row -> row.getLong("seq"),
        conversations.now(),
        conversation,
        tenant.id(),
        wanted);
  }

  /**
   * Forgets the hash of the requests that brought the turns. The key stays taken: the same request
   * sent again is refused, and does not bring the text back.
   */
  private int closeKeys(UUID conversation, long[] seqs) {
    return database.update(
        """
        UPDATE idempotency_key SET request_hash = ''
        WHERE tenant_id = ? AND resource_id = ? AND EXISTS (
          SELECT FROM jsonb_path_query(response::jsonb, '$.seqs[*]') AS answered (seq)
          WHERE answered.seq::bigint = ANY (?))
        """,
        tenant.id(),
        conversation,
        seqs);
  }

  @Override
  public Erased delete(UUID conversation) {
    if (conversations.find(conversation).isEmpty()) {
      return Erased.NOTHING;
    }
    conversations.lock(conversation);
    Erased erased =
        database
            .queryOne(
                """
                SELECT 1 AS conversations,
                  (SELECT count(*) FROM turn WHERE conversation_id = c.id
                    AND redacted_at IS NULL) AS turns,
                  (SELECT count(*) FROM turn_embedding WHERE conversation_id = c.id)
                    + (SELECT count(*) FROM dormant_embedding WHERE conversation_id = c.id)
                    + (SELECT count(*) FROM spare_embedding WHERE conversation_id = c.id)
                    AS vectors,
                  (SELECT count(*) FROM posting WHERE conversation_id = c.id) AS postings,
                  (SELECT count(*) FROM compact_summary WHERE conversation_id = c.id) AS summaries,
                  (SELECT count(*) FROM idempotency_key WHERE resource_id = c.id)
                    AS idempotency_keys,
                  (SELECT count(*) FROM conversation_event WHERE stream_id = c.id) AS events
                FROM conversation c WHERE c.id = ? AND c.tenant_id = ?
                """,
                PostgresErasureStore::erased,
                conversation,
                tenant.id())
            .orElse(Erased.NOTHING);
    conversations.delete(conversation);
    return erased;
  }

  @Override
  public Optional<UUID> about(String subject) {
    return database.queryOne(
        "SELECT id FROM conversation WHERE tenant_id = ? AND subject = ? ORDER BY id LIMIT 1",
        row -> row.getObject("id", UUID.class),
        tenant.id(),
        subject);
  }

  @Override
  public Optional<Spoken> spokenBy(String speaker, int limit) {
    return database.queryOne(
        """
        WITH first AS (
          SELECT conversation_id FROM turn WHERE tenant_id = ? AND speaker = ? LIMIT 1)
        SELECT conversation_id, array_agg(seq) AS seqs FROM (
          SELECT t.conversation_id, t.seq FROM turn t JOIN first USING (conversation_id)
          WHERE t.tenant_id = ? AND t.speaker = ? ORDER BY t.seq LIMIT ?) AS spoken
        GROUP BY conversation_id
        """,
        row ->
            new Spoken(
                row.getObject("conversation_id", UUID.class),
                Stream.of((Long[]) row.getArray("seqs").getArray()).toList()),
        tenant.id(),
        speaker,
        tenant.id(),
        speaker,
        limit);
  }

  @Override
  public void open(UUID id, Target target) {
    database.update(
        "INSERT INTO erasure (id, tenant_id, subject, speaker, requested_at) VALUES (?, ?, ?, ?, ?)",
        id,
        tenant.id(),
        target.subject(),
        target.speaker(),
        conversations.now());
  }

  @Override
  public Optional<Erasure> find(UUID id) {
    return database.queryOne(
        "SELECT requested_at, completed_at, "
            + COUNTS
            + " FROM erasure WHERE id = ? AND tenant_id = ?",
        row ->
            new Erasure(
                id,
                Objects.requireNonNull(Database.instant(row, "requested_at")),
                Database.instant(row, "completed_at"),
                erased(row)),
        id,
        tenant.id());
  }

  @Override
  public Optional<Target> target(UUID id) {
    return database.queryOne(
        """
        SELECT subject, speaker FROM erasure
        WHERE id = ? AND tenant_id = ? AND completed_at IS NULL
        """,
        row -> new Target(row.getString("subject"), row.getString("speaker")),
        id,
        tenant.id());
  }

  @Override
  public void count(UUID id, Erased more) {
    database.update(
        """
        UPDATE erasure SET conversations = conversations + ?, turns = turns + ?,
          vectors = vectors + ?, postings = postings + ?, summaries = summaries + ?,
          idempotency_keys = idempotency_keys + ?, events = events + ?
        WHERE id = ? AND tenant_id = ?
        """,
        more.conversations(),
        more.turns(),
        more.vectors(),
        more.postings(),
        more.summaries(),
        more.idempotencyKeys(),
        more.events(),
        id,
        tenant.id());
  }

  @Override
  public void complete(UUID id) {
    database.update(
        """
        UPDATE erasure SET completed_at = ?, subject = NULL, speaker = NULL
        WHERE id = ? AND tenant_id = ?
        """,
        conversations.now(),
        id,
        tenant.id());
  }

  private static Erased erased(ResultSet row) throws SQLException {
    return new Erased(
        row.getLong("conversations"),
        row.getLong("turns"),
        row.getLong("vectors"),
        row.getLong("postings"),
        row.getLong("summaries"),
        row.getLong("idempotency_keys"),
        row.getLong("events"));
  }
}
