package dev.espalier.memory.store;

import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The rows of {@code turn_embedding}: how vectors are written and read. */
@ApplicationScoped
class VectorRows {

  /** How many vectors are read at a time: the driver keeps a whole answer in memory. */
  private static final int PAGE = 2000;

  private final Database database;
  private final Embedder embedder;

  VectorRows(Database database, Embedder embedder) {
    this.database = database;
    this.embedder = embedder;
  }

  /** Writes vectors; one written before stays, since the same model made it. */
  void insert(UUID conversation, String tenant, List<Embedded> vectors) {
    long revision = nextRevision(conversation);
    short model = modelId().orElseGet(this::addModel);
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
          model,
          revision,
          embedded.vector());
    }
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
        modelId().orElse(null));
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
        modelId().orElse(null),
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
    Optional<Short> model = modelId();
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

  /** Deletes vectors for good; every cache reads the conversation again. */
  void delete(UUID conversation, long[] seqs) {
    for (String table : new String[] {"turn_embedding", "dormant_embedding", "embedding_task"}) {
      database.update(
          "DELETE FROM " + table + " WHERE conversation_id = ? AND seq = ANY (?)",
          conversation,
          seqs);
    }
    database.update(
        "UPDATE embedding_head SET reset_revision = ? WHERE conversation_id = ?",
        nextRevision(conversation),
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

  /** The row of the model in use; none while it has made no vector. */
  Optional<Short> modelId() {
    EmbeddingModel model = embedder.model();
    return database.queryOne(
        """
        SELECT id FROM embedding_model WHERE name = ? AND revision = ? AND quantisation = ?
          AND passage_prefix = ? AND query_prefix = ?
        """,
        row -> row.getShort("id"),
        model.name(),
        model.revision(),
        model.quantisation(),
        model.passagePrefix(),
        model.queryPrefix());
  }

  private short addModel() {
    EmbeddingModel model = embedder.model();
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
    return modelId().orElseThrow();
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

  private static PackedVectors.Entry entry(ResultSet row) throws SQLException {
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
