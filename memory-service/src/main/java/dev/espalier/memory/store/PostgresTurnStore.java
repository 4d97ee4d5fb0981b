package dev.espalier.memory.store;

import dev.espalier.memory.core.Appended;
import dev.espalier.memory.core.IndexState;
import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Occasion;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnFilter;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.memory.core.summary.SummaryQueue;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns in PostgreSQL. The conversation's row lock puts its appends one after the other. */
@ApplicationScoped
public class PostgresTurnStore implements TurnStore {

  private final Database database;
  private final HibernateConversationStore conversations;
  private final PostgresPostings postings;
  private final TurnRows rows;
  private final TransactionTenant tenant;
  private final ConversationEvents events;
  private final SummaryQueue summaries;

  PostgresTurnStore(
      Database database,
      HibernateConversationStore conversations,
      PostgresPostings postings,
      TurnRows rows,
      TransactionTenant tenant,
      ConversationEvents events,
      SummaryQueue summaries) {
    this.database = database;
    this.conversations = conversations;
    this.postings = postings;
    this.rows = rows;
    this.tenant = tenant;
    this.events = events;
    this.summaries = summaries;
  }

  @Override
  public Appended append(UUID id, List<NewTurn> turns, @Nullable Long expectedSeq) {
    ConversationEntity conversation = conversations.lock(id);
    Map<String, Turn> known = alreadyStored(id, turns);
    List<Long> seqs = new ArrayList<>();
    List<Turn> added = new ArrayList<>();
    Instant now = conversations.now();
    for (NewTurn said : turns) {
      Turn stored = said.clientTurnId() == null ? null : known.get(said.clientTurnId());
      if (stored == null) {
        stored = new Turn(conversation.lastSeq + added.size() + 1, said, now);
        added.add(stored);
        if (said.clientTurnId() != null) {
          known.put(said.clientTurnId(), stored);
        }
      } else if (!isSame(stored.said(), said)) {
        throw MemoryException.clientTurnConflict(
            Objects.requireNonNull(said.clientTurnId()), stored.seq());
      }
      seqs.add(stored.seq());
    }
    if (!added.isEmpty()) {
      if (expectedSeq != null && expectedSeq != conversation.lastSeq) {
        throw MemoryException.sequenceConflict(expectedSeq, conversation.lastSeq);
      }
      rows.insert(id, conversation.tenantId, added);
      postings.add(id, conversation.tenantId, added);
      enqueue(id, conversation.tenantId, added);
      conversation.lastSeq += added.size();
      conversation.updatedAt = now;
      conversations.flush();
      events.publish(
          id, ConversationEvent.appended(added.get(0).seq(), added.get(added.size() - 1).seq()));
      summaries.request(id);
    }
    return new Appended(seqs, conversation.version);
  }

  @Override
  public SortedMap<Long, Turn> find(UUID conversation, Collection<Long> seqs) {
    SortedMap<Long, Turn> found = new TreeMap<>();
    rows.select(
            "conversation_id = ? AND seq = ANY (?)",
            conversation,
            seqs.stream().mapToLong(Long::longValue).toArray())
        .forEach(turn -> found.put(turn.seq(), turn));
    return found;
  }

  @Override
  public List<Turn> after(UUID conversation, long seq, int limit) {
    return rows.select(
        "conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?", conversation, seq, limit);
  }

  @Override
  public List<Turn> newest(UUID conversation, int limit) {
    List<Turn> turns =
        new ArrayList<>(
            rows.select("conversation_id = ? ORDER BY seq DESC LIMIT ?", conversation, limit));
    Collections.reverse(turns);
    return turns;
  }

  @Override
  public Map<Long, Occasion> occasions(UUID conversation, Collection<Long> seqs) {
    Map<Long, Occasion> occasions = new HashMap<>();
    // Days as numbers: every recall reads some hundred of them.
    database.query(
        """
        SELECT seq, speaker,
          (coalesce(occurred_at, stored_at) AT TIME ZONE 'UTC')::date - DATE '1970-01-01' AS day
        FROM turn WHERE conversation_id = ? AND seq = ANY (?)
        """,
        row ->
            occasions.put(
                row.getLong("seq"),
                new Occasion(row.getString("speaker"), LocalDate.ofEpochDay(row.getInt("day")))),
        conversation,
        seqs.stream().mapToLong(Long::longValue).toArray());
    return occasions;
  }

  @Override
  public SeqSet matching(UUID conversation, TurnFilter filter) {
    return rows.matching(conversation, filter);
  }

  @Override
  public IndexState indexState(UUID conversation) {
    return database
        .queryOne(
            """
            SELECT c.last_seq,
              (SELECT min(t.seq) FROM embedding_task t
                WHERE t.conversation_id = c.id AND NOT t.is_dead) AS first_waiting,
              (SELECT count(*) FROM embedding_task t
                WHERE t.conversation_id = c.id AND t.is_dead) AS failed
            FROM conversation c WHERE c.id = ? AND c.tenant_id = ?
            """,
            row -> {
              long lastSeq = row.getLong("last_seq");
              long firstWaiting = row.getLong("first_waiting");
              return new IndexState(
                  firstWaiting == 0 ? lastSeq : firstWaiting - 1, lastSeq, row.getLong("failed"));
            },
            conversation,
            tenant.id())
        .orElseThrow(MemoryException::conversationNotFound);
  }

  private Map<String, Turn> alreadyStored(UUID conversation, List<NewTurn> turns) {
    String[] clientIds =
        turns.stream().map(NewTurn::clientTurnId).filter(Objects::nonNull).toArray(String[]::new);
    Map<String, Turn> known = new HashMap<>();
    if (clientIds.length > 0) {
      rows.select("conversation_id = ? AND client_turn_id = ANY (?)", conversation, clientIds)
          .forEach(turn -> known.put(Objects.requireNonNull(turn.said().clientTurnId()), turn));
    }
    return known;
  }

  /** Metadata may differ: it is about the turn, not what was said. */
  private static boolean isSame(NewTurn stored, NewTurn sent) {
    return stored.role() == sent.role()
        && Objects.equals(stored.speaker(), sent.speaker())
        && stored.content().equals(sent.content());
  }

  private void enqueue(UUID conversation, String tenant, List<Turn> added) {
    database.update(
        """
        INSERT INTO embedding_task (conversation_id, seq, tenant_id, due_at)
        SELECT ?, seq, ?, ? FROM generate_series(?::bigint, ?::bigint) AS seq
        """,
        conversation,
        tenant,
        added.get(0).storedAt(),
        added.get(0).seq(),
        added.get(added.size() - 1).seq());
  }
}
