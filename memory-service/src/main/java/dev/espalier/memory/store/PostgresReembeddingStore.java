package dev.espalier.memory.store;

import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.memory.core.reembedding.Reembedding;
import dev.espalier.memory.core.reembedding.Reembedding.State;
import dev.espalier.memory.core.reembedding.ReembeddingStore;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code reembedding} and {@code spare_embedding}. */
@ApplicationScoped
public class PostgresReembeddingStore implements ReembeddingStore {

  private static final String SELECT =
      """
      SELECT r.id, r.conversation_id, r.from_model, r.to_model, r.state, r.through_seq, r.failed,
        r.created_at, c.last_seq
      FROM reembedding r JOIN conversation c ON c.id = r.conversation_id
      WHERE r.tenant_id = ? AND
      """;

  private final Database database;
  private final TransactionTenant tenant;
  private final HibernateConversationStore conversations;
  private final TurnRows turns;
  private final VectorRows vectors;
  private final ConversationEvents events;

  PostgresReembeddingStore(
      Database database,
      TransactionTenant tenant,
      HibernateConversationStore conversations,
      TurnRows turns,
      VectorRows vectors,
      ConversationEvents events) {
    this.database = database;
    this.tenant = tenant;
    this.conversations = conversations;
    this.turns = turns;
    this.vectors = vectors;
    this.events = events;
  }

  @Override
  public void open(UUID id, UUID conversation, EmbeddingModel to) {
    database.update(
        """
        INSERT INTO reembedding (id, conversation_id, tenant_id, from_model, to_model, state,
          created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        conversation,
        tenant.id(),
        vectors.modelId(conversation).orElse(null),
        vectors.register(to),
        State.RUNNING,
        conversations.now(),
        conversations.now());
  }

  @Override
  public Optional<Reembedding> find(UUID id) {
    return database.queryOne(SELECT + " r.id = ?", this::read, tenant.id(), id);
  }

  @Override
  public Optional<Reembedding> current(UUID conversation) {
    return database.queryOne(
        SELECT + " r.conversation_id = ? AND r.state <> 'DROPPED'",
        this::read,
        tenant.id(),
        conversation);
  }

  @Override
  public void lock(UUID conversation) {
    conversations.lock(conversation);
    vectors.lockHead(conversation);
  }

  @Override
  public List<Turn> readable(UUID conversation, long afterSeq, int limit) {
    return turns.select(
        "conversation_id = ? AND seq > ? AND content <> '' ORDER BY seq LIMIT ?",
        conversation,
        afterSeq,
        limit);
  }

  @Override
  public void add(Reembedding move, List<Embedded> embedded, long throughSeq, long failed) {
    for (Embedded one : embedded) {
      // An erasure that is under way is waited for, and has then emptied the turn.
      database.update(
          """
          INSERT INTO spare_embedding (conversation_id, model_id, seq, tenant_id, embedding)
          SELECT conversation_id, ?, seq, tenant_id, ? FROM (
            SELECT conversation_id, seq, tenant_id FROM turn
            WHERE conversation_id = ? AND seq = ? AND content <> '' FOR SHARE) AS readable
          ON CONFLICT DO NOTHING
          """,
          vectors.register(one.model()),
          one.vector(),
          move.conversation(),
          one.seq());
    }
    database.update(
        """
        UPDATE reembedding SET through_seq = ?, failed = failed + ?, updated_at = ?
        WHERE id = ? AND tenant_id = ?
        """,
        throughSeq,
        failed,
        conversations.now(),
        move.id(),
        tenant.id());
  }

  @Override
  public void to(UUID id, State state) {
    database.update(
        "UPDATE reembedding SET state = ?, updated_at = ? WHERE id = ? AND tenant_id = ?",
        state,
        conversations.now(),
        id,
        tenant.id());
  }

  @Override
  public void search(UUID conversation, EmbeddingModel model) {
    vectors.swap(conversation, vectors.register(model), conversations.now());
    events.publish(conversation, ConversationEvent.cutOver(model.name()));
  }

  @Override
  public void drop(UUID conversation) {
    database.update(
        "DELETE FROM spare_embedding WHERE conversation_id = ? AND tenant_id = ?",
        conversation,
        tenant.id());
  }

  @Override
  public Sides sides(UUID conversation) {
    return new Sides(
        entries("turn_embedding", conversation), entries("spare_embedding", conversation));
  }

  private List<PackedVectors.Entry> entries(String table, UUID conversation) {
    return database.query(
        "SELECT seq, array_send(embedding) AS vector FROM "
            + table
            + " WHERE conversation_id = ? AND tenant_id = ? ORDER BY seq",
        VectorRows::entry,
        conversation,
        tenant.id());
  }

  private Reembedding read(ResultSet row) throws SQLException {
    return new Reembedding(
        row.getObject("id", UUID.class),
        row.getObject("conversation_id", UUID.class),
        model(row.getObject("from_model", Integer.class)),
        Objects.requireNonNull(model(row.getInt("to_model"))),
        State.valueOf(row.getString("state")),
        row.getLong("through_seq"),
        row.getLong("last_seq"),
        row.getLong("failed"),
        Objects.requireNonNull(Database.instant(row, "created_at")));
  }

  private @Nullable EmbeddingModel model(@Nullable Integer id) {
    return id == null
        ? null
        : database
            .queryOne("SELECT * FROM embedding_model WHERE id = ?", VectorRows::model, id)
            .orElseThrow();
  }
}
