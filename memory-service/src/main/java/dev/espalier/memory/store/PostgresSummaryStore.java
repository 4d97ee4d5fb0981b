package dev.espalier.memory.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.memory.core.summary.CompactSummary;
import dev.espalier.memory.core.summary.Sentence;
import dev.espalier.memory.core.summary.Summary;
import dev.espalier.memory.core.summary.SummaryQueue;
import dev.espalier.memory.core.summary.SummaryStore;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.DatabaseException;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The rows of {@code compact_summary}. */
@ApplicationScoped
public class PostgresSummaryStore implements SummaryStore {

  private static final TypeReference<List<Sentence>> SENTENCES = new TypeReference<>() {};

  private static final String SELECT =
      """
      SELECT level, first_seq, last_seq, version, method, degraded, headline, body, created_at,
        superseded_at
      FROM compact_summary WHERE conversation_id = ? AND tenant_id = ? AND level = ?
      """;

  private static final String DISK_FULL = "53100";

  private final Database database;
  private final TransactionTenant tenant;
  private final ObjectMapper json;
  private final HibernateConversationStore conversations;
  private final ConversationEvents events;
  private final SummaryQueue queue;

  PostgresSummaryStore(
      Database database,
      TransactionTenant tenant,
      ObjectMapper json,
      HibernateConversationStore conversations,
      ConversationEvents events,
      SummaryQueue queue) {
    this.conversations = conversations;
    this.events = events;
    this.queue = queue;
    this.database = database;
    this.tenant = tenant;
    this.json = json;
  }

  @Override
  public List<CompactSummary> current(UUID conversation, int level) {
    return database.query(
        SELECT + " AND superseded_at IS NULL ORDER BY last_seq",
        this::read,
        conversation,
        tenant.id(),
        level);
  }

  @Override
  public List<CompactSummary> history(UUID conversation, int level) {
    return database.query(
        SELECT + " ORDER BY last_seq, version", this::read, conversation, tenant.id(), level);
  }

  @Override
  public void add(UUID conversation, List<CompactSummary> summaries) {
    for (CompactSummary summary : summaries) {
      boolean isNew =
          database.update(
                  """
                  INSERT INTO compact_summary (conversation_id, level, first_seq, last_seq, version,
                    tenant_id, method, degraded, headline, body, created_at)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?) ON CONFLICT DO NOTHING
                  """,
                  conversation,
                  summary.level(),
                  summary.firstSeq(),
                  summary.lastSeq(),
                  summary.version(),
                  tenant.id(),
                  summary.method(),
                  summary.degraded(),
                  write(summary.summary().headline()),
                  write(summary.summary().body()),
                  summary.createdAt())
              == 1;
      if (isNew) {
        supersede(conversation, summary);
        if (summary.method().equals(CompactSummary.EXTRACTIVE) && summary.degraded() == null) {
          queue.request(conversation);
        }
        events.publish(
            conversation,
            ConversationEvent.summarised(
                summary.level(),
                summary.firstSeq(),
                summary.lastSeq(),
                summary.version(),
                summary.method()));
      }
    }
  }

  @Override
  public void lock(UUID conversation) {
    conversations.lock(conversation);
  }

  @Override
  public void attempt(Runnable writing) {
    // Asked first: a lock that fails in Hibernate gives up the whole transaction.
    boolean takesWrites =
        database
            .queryOne(
                "SELECT current_setting('transaction_read_only') = 'off' AS takes_writes",
                row -> row.getBoolean("takes_writes"))
            .orElse(false);
    if (!takesWrites) {
      return;
    }
    database.update("SAVEPOINT attempt");
    try {
      writing.run();
      database.update("RELEASE SAVEPOINT attempt");
    } catch (DatabaseException e) {
      if (!e.sqlState().equals(DISK_FULL)) {
        throw e;
      }
      database.update("ROLLBACK TO SAVEPOINT attempt");
    }
  }

  @Override
  public long removeCovering(UUID conversation, Collection<Long> seqs) {
    return database.update(
        """
        DELETE FROM compact_summary WHERE conversation_id = ? AND tenant_id = ?
          AND EXISTS (SELECT FROM unnest(?) AS turn (seq)
            WHERE turn.seq BETWEEN first_seq AND last_seq)
        """,
        conversation,
        tenant.id(),
        seqs.stream().mapToLong(Long::longValue).toArray());
  }

  private void supersede(UUID conversation, CompactSummary by) {
    database.update(
        """
        UPDATE compact_summary SET superseded_at = ?
        WHERE conversation_id = ? AND tenant_id = ? AND level = ? AND superseded_at IS NULL
          AND (last_seq, version) < (?, ?) AND (level = 2 OR last_seq = ?)
        """,
        by.createdAt(),
        conversation,
        tenant.id(),
        by.level(),
        by.lastSeq(),
        by.version(),
        by.lastSeq());
  }

  private CompactSummary read(ResultSet row) throws SQLException {
    return new CompactSummary(
        row.getInt("level"),
        row.getLong("first_seq"),
        row.getLong("last_seq"),
        row.getInt("version"),
        row.getString("method"),
        row.getString("degraded"),
        false,
        Objects.requireNonNull(Database.instant(row, "created_at")),
        Database.instant(row, "superseded_at"),
        new Summary(sentences(row.getString("headline")), sentences(row.getString("body"))));
  }

  private String write(List<Sentence> sentences) {
    try {
      return json.writeValueAsString(sentences);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("sentences that are no JSON", e);
    }
  }

  private List<Sentence> sentences(String text) {
    try {
      return json.readValue(text, SENTENCES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored sentences that are no JSON", e);
    }
  }
}
