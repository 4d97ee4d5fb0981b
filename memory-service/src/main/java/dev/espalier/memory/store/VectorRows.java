package dev.espalier.memory.store;

import dev.espalier.memory.core.ConversationModels;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The rows of {@code turn_embedding}: how vectors are written and read. */
@ApplicationScoped
class VectorRows implements ConversationModels {

  /** How many vectors are read at a time: the driver keeps a whole answer in memory. */
  private static final int PAGE = 2000;

  private final Database database;

  VectorRows(Database database) {
    this.database = database;
  }

  /**
   * Writes vectors; one written before stays, since the same model made it. The first ones decide
   * the conversation's model.
   *
   * @param vectors of one model
   * @return those written: none when the conversation has another model by now
   */
  List<Embedded> insert(UUID conversation, String tenant, List<Embedded> vectors) {
    long revision = nextRevision(conversation);
    short own = ownModel(conversation, vectors.get(0).model());
    if (!id(vectors.get(0).model()).equals(Optional.of(own))) {
      return List.of();
    }
    for (Embedded embedded : vectors) {
      database.update(
          """
          INSERT INTO turn_embedding
            (conversation_id, seq, tenant_id, model_id, revision, embedding)
          VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
          conversation,
          embedded.seq(),
          tenant,
          own,
          revision,
          embedded.vector());
    }
    return vectors;
  }

  private short ownModel(UUID conversation, EmbeddingModel ifNone) {
    return modelId(conversation)
        .orElseGet(
            () -> {
              short id = register(ifNone);
              database.update(
                  "UPDATE embedding_head SET model_id = ? WHERE conversation_id = ?",
                  id,
                  conversation);
              return id;
            });
  }

  @Override
  public Optional<EmbeddingModel> of(UUID conversation) {
    return database.queryOne(
        """
        SELECT m.name, m.revision, m.quantisation, m.passage_prefix, m.query_prefix, m.dimensions
        FROM embedding_head h JOIN embedding_model m ON m.id = h.model_id
        WHERE h.conversation_id = ?
        """,
        VectorRows::model,
        conversation);
  }

  /** How far the conversation's vectors have come; all 0 when it has none. */
  Head head(UUID conversation) {
    return database
        .queryOne(
            "SELECT revision, reset_revision FROM embedding_head WHERE conversation_id = ?",
            row -> new Head(row.getLong("revision"), row.getLong("reset_revision")),
            conversation)
        .orElse(new Head(0, 0));
  }

  /** The vectors stored after one revision, up to and including another. */
  List<PackedVectors.Entry> between(UUID conversation, long after, long upTo) {
    return database.query(
        """
        SELECT seq, array_send(embedding) AS vector FROM turn_embedding
        WHERE conversation_id = ? AND revision > ? AND revision <= ? AND model_id = ? ORDER BY seq
        """,
        VectorRows::entry,
        conversation,
        after,
        upTo,
        modelId(conversation).orElse(null));
  }

  /** The vectors stored up to a revision, a page at a time, by sequence. */
  List<PackedVectors.Entry> page(UUID conversation, long afterSeq, long upTo, int limit) {
    return database.query(
        """
        SELECT seq, array_send(embedding) AS vector FROM turn_embedding
        WHERE conversation_id = ? AND seq > ? AND revision <= ? AND model_id = ?
        ORDER BY seq LIMIT ?
        """,
        VectorRows::entry,
        conversation,
        afterSeq,
        upTo,
        modelId(conversation).orElse(null),
        limit);
  }

  /** The searched vectors of these turns. */
  List<PackedVectors.Entry> of(UUID conversation, long[] seqs) {
    return database.query(
        """
        SELECT seq, array_send(embedding) AS vector FROM turn_embedding
        WHERE conversation_id = ? AND seq = ANY (?)
        """,
        VectorRows::entry,
        conversation,
        seqs);
  }

  /** The turns whose vectors left the search after one revision, up to and including another. */
  Set<Long> restedBetween(UUID conversation, long after, long upTo) {
    return Set.copyOf(
        database.query(
            """
            SELECT seq FROM dormant_embedding
            WHERE conversation_id = ? AND revision > ? AND revision <= ?
            """,
            row -> row.getLong("seq"),
            conversation,
            after,
            upTo));
  }

  /** All vectors of the model in use that have not been archived. */
  Map<Long, float[]> searchedAndDormant(UUID conversation) {
    Map<Long, float[]> vectors = new HashMap<>();
    Optional<Short> model = modelId(conversation);
    long after = 0;
    List<PackedVectors.Entry> page;
    do {
      page =
          database.query(
              """
              SELECT seq, array_send(embedding) AS vector FROM (
                (SELECT seq, embedding FROM turn_embedding
                  WHERE conversation_id = ? AND model_id = ? AND seq > ? ORDER BY seq LIMIT ?)
                UNION ALL
                (SELECT d.seq, d.embedding FROM dormant_embedding d
                  JOIN turn_tier k ON k.conversation_id = d.conversation_id AND k.seq = d.seq
                  WHERE d.conversation_id = ? AND d.model_id = ? AND k.tier = 'DORMANT'
                    AND d.seq > ? ORDER BY d.seq LIMIT ?)) AS kept
              ORDER BY seq LIMIT ?
              """,
              VectorRows::entry,
              conversation,
              model.orElse(null),
              after,
              PAGE,
              conversation,
              model.orElse(null),
              after,
              PAGE,
              PAGE);
      for (PackedVectors.Entry entry : page) {
        vectors.put(entry.seq(), entry.vector());
        after = entry.seq();
      }
    } while (page.size() == PAGE);
    return vectors;
  }

  /** Takes vectors out of the search and keeps them. */
  void rest(UUID conversation, long[] seqs) {
    database.update(
        """
        WITH rested AS (
          DELETE FROM turn_embedding WHERE conversation_id = ? AND seq = ANY (?)
          RETURNING conversation_id, seq, tenant_id, model_id, embedding)
        INSERT INTO dormant_embedding
          (conversation_id, seq, tenant_id, model_id, revision, embedding)
        SELECT conversation_id, seq, tenant_id, model_id, ?, embedding FROM rested
        """,
        conversation,
        seqs,
        nextRevision(conversation));
  }

  /** Puts kept vectors back into the search. */
  void wake(UUID conversation, long[] seqs) {
    database.update(
        """
        WITH woken AS (
          DELETE FROM dormant_embedding WHERE conversation_id = ? AND seq = ANY (?)
          RETURNING conversation_id, seq, tenant_id, model_id, embedding)
        INSERT INTO turn_embedding (conversation_id, seq, tenant_id, model_id, revision, embedding)
        SELECT conversation_id, seq, tenant_id, model_id, ?, embedding FROM woken
        ON CONFLICT DO NOTHING
        """,
        conversation,
        seqs,
        nextRevision(conversation));
  }

  /**
   * Deletes vectors for good; every cache reads the conversation again. A worker that embeds one of
   * the turns holds its task: the vector is there when this has waited for that.
   *
   * @return how many vectors there were
   */
  int delete(UUID conversation, long[] seqs) {
    int deleted = 0;
    for (String table :
        new String[] {"embedding_task", "turn_embedding", "dormant_embedding", "spare_embedding"}) {
      int rows =
          database.update(
              "DELETE FROM " + table + " WHERE conversation_id = ? AND seq = ANY (?)",
              conversation,
              seqs);
      deleted += table.equals("embedding_task") ? 0 : rows;
    }
    database.update(
        "UPDATE embedding_head SET reset_revision = ? WHERE conversation_id = ?",
        nextRevision(conversation),
        conversation);
    return deleted;
  }

  /**
   * Searches the vectors of another model, and keeps those of the one before with the spare ones.
   * Turns that rest stay at rest; active ones without a vector of the model wait for it.
   */
  void swap(UUID conversation, short model, Instant now) {
    long revision = nextRevision(conversation);
    for (String table : new String[] {"turn_embedding", "dormant_embedding"}) {
      database.update(
          """
          WITH kept AS (
            DELETE FROM %s WHERE conversation_id = ?
            RETURNING conversation_id, model_id, seq, tenant_id, embedding)
          INSERT INTO spare_embedding (conversation_id, model_id, seq, tenant_id, embedding)
          SELECT * FROM kept ON CONFLICT DO NOTHING
          """
              .formatted(table),
          conversation);
      database.update(
          """
          INSERT INTO %s (conversation_id, seq, tenant_id, model_id, revision, embedding)
          SELECT s.conversation_id, s.seq, s.tenant_id, s.model_id, ?, s.embedding
          FROM spare_embedding s
          LEFT JOIN turn_tier k ON k.conversation_id = s.conversation_id AND k.seq = s.seq
          WHERE s.conversation_id = ? AND s.model_id = ? AND %s
          """
              .formatted(
                  table,
                  table.equals("turn_embedding")
                      ? "k.seq IS NULL"
                      : "k.tier IN ('DORMANT', 'ARCHIVED')"),
          revision,
          conversation,
          model);
    }
    database.update(
        "DELETE FROM spare_embedding WHERE conversation_id = ? AND model_id = ?",
        conversation,
        model);
    database.update(
        """
        UPDATE embedding_head SET model_id = ?, reset_revision = ? WHERE conversation_id = ?
        """,
        model,
        revision,
        conversation);
    database.update(
        """
        INSERT INTO embedding_task (conversation_id, seq, tenant_id, due_at)
        SELECT t.conversation_id, t.seq, t.tenant_id, ? FROM turn t
        LEFT JOIN turn_embedding e ON e.conversation_id = t.conversation_id AND e.seq = t.seq
        LEFT JOIN turn_tier k ON k.conversation_id = t.conversation_id AND k.seq = t.seq
        WHERE t.conversation_id = ? AND t.content <> '' AND e.seq IS NULL AND k.seq IS NULL
        ON CONFLICT (conversation_id, seq)
          DO UPDATE SET is_dead = false, attempts = 0, due_at = excluded.due_at
        """,
        now,
        conversation);
  }

  /** Older postings have changed, or are searched no longer, or again. */
  void postingsChanged(UUID conversation) {
    lockHead(conversation);
    database.update(
        """
        UPDATE embedding_head SET postings_revision = postings_revision + 1
        WHERE conversation_id = ?
        """,
        conversation);
  }

  /** Nobody else writes the conversation's vectors or tiers until the transaction ends. */
  void lockHead(UUID conversation) {
    // In the order of a delete, which takes the conversation first.
    database.query(
        "SELECT 1 FROM conversation WHERE id = ? FOR KEY SHARE",
        row -> row.getInt(1),
        conversation);
    database.update(
        """
        INSERT INTO embedding_head (conversation_id, revision) VALUES (?, 0)
        ON CONFLICT (conversation_id) DO UPDATE SET revision = embedding_head.revision
        """,
        conversation);
  }

  /** The row of the model that the conversation is searched with; none while it has no vector. */
  Optional<Short> modelId(UUID conversation) {
    return database.queryOne(
        """
        SELECT model_id FROM embedding_head WHERE conversation_id = ? AND model_id IS NOT NULL
        """,
        row -> row.getShort("model_id"),
        conversation);
  }

  /** The row of a model; none while it has made no vector. */
  Optional<Short> id(EmbeddingModel model) {
    return database.queryOne(
        """
        SELECT id FROM embedding_model WHERE name = ? AND revision = ? AND quantisation = ?
          AND passage_prefix = ? AND query_prefix = ? AND dimensions = ?
        """,
        row -> row.getShort("id"),
        model.name(),
        model.revision(),
        model.quantisation(),
        model.passagePrefix(),
        model.queryPrefix(),
        model.dimensions());
  }

  /** The row of a model, which is added if it is new. */
  short register(EmbeddingModel model) {
    return id(model)
        .orElseGet(
            () -> {
              database.update(
                  """
                  INSERT INTO embedding_model
                    (name, revision, quantisation, passage_prefix, query_prefix, dimensions)
                  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                  """,
                  model.name(),
                  model.revision(),
                  model.quantisation(),
                  model.passagePrefix(),
                  model.queryPrefix(),
                  model.dimensions());
              return id(model)
                  .orElseThrow(
                      () ->
                          new IllegalStateException(
                              "the model "
                                  + model.name()
                                  + " is stored with other dimensions:"
                                  + " give it another revision"));
            });
  }

  static EmbeddingModel model(ResultSet row) throws SQLException {
    return new EmbeddingModel(
        row.getString("name"),
        row.getString("revision"),
        row.getString("quantisation"),
        row.getString("passage_prefix"),
        row.getString("query_prefix"),
        row.getInt("dimensions"));
  }

  /** Serialises the writers of a conversation's vectors, so revisions become visible in order. */
  private long nextRevision(UUID conversation) {
    return database
        .queryOne(
            """
            INSERT INTO embedding_head (conversation_id, revision) VALUES (?, 1)
            ON CONFLICT (conversation_id)
              DO UPDATE SET revision = embedding_head.revision + 1 RETURNING revision
            """,
            row -> row.getLong("revision"),
            conversation)
        .orElseThrow();
  }

  static PackedVectors.Entry entry(ResultSet row) throws SQLException {
    return new PackedVectors.Entry(row.getLong("seq"), SentArray.floats(row.getBytes("vector")));
  }

  /**
   * The state of a conversation's vectors.
   *
   * @param revision of the newest change
   * @param reset a cache from before this revision is of no use
   */
  record Head(long revision, long reset) {}
}
