package dev.espalier.memory.store;

import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code turn_embedding}: how vectors are written and read. */
@ApplicationScoped
class VectorRows {

  /** What {@code array_send} puts before the elements: dimensions, nulls, type, length, base. */
  private static final int ARRAY_HEADER_BYTES = 20;

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

  /** The conversation's newest revision, 0 when it has no vectors. */
  long revision(UUID conversation) {
    return database
        .queryOne(
            "SELECT revision FROM embedding_head WHERE conversation_id = ?",
            row -> row.getLong("revision"),
            conversation)
        .orElse(0L);
  }

  /** The revision at which vectors were last taken away; an older cache is of no more use. */
  long rebuiltRevision(UUID conversation) {
    return database
        .queryOne(
            "SELECT rebuilt_revision FROM embedding_head WHERE conversation_id = ?",
            row -> row.getLong("rebuilt_revision"),
            conversation)
        .orElse(0L);
  }

  /** Removes the vectors of turns, of all models. */
  int delete(UUID conversation, Collection<Long> seqs) {
    int deleted =
        database.update(
            "DELETE FROM turn_embedding WHERE conversation_id = ? AND seq = ANY (?)",
            conversation,
            seqs.stream().mapToLong(Long::longValue).toArray());
    if (deleted > 0) {
      markRebuilt(conversation);
    }
    return deleted;
  }

  /** Every cache of the conversation is read anew. */
  void markRebuilt(UUID conversation) {
    database.update(
        """
        UPDATE embedding_head SET revision = revision + 1, rebuilt_revision = revision + 1
        WHERE conversation_id = ?
        """,
        conversation);
  }

  /** The vectors stored after one revision, up to and including another. */
  List<PackedVectors.Entry> between(UUID conversation, long after, long upTo) {
    return database.query(
        """
        SELECT seq, array_send(embedding) AS vector FROM turn_embedding
        WHERE conversation_id = ? AND revision > ? AND revision <= ? AND model_id = ? ORDER BY seq
        """,
        row -> new PackedVectors.Entry(row.getLong("seq"), floats(row.getBytes("vector"))),
        conversation,
        after,
        upTo,
        modelId().orElse(null));
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

  private static float[] floats(byte[] sent) {
    ByteBuffer elements = ByteBuffer.wrap(sent).position(ARRAY_HEADER_BYTES);
    float[] vector = new float[elements.remaining() / (Integer.BYTES + Float.BYTES)];
    for (int i = 0; i < vector.length; i++) {
      elements.getInt(); // the element's length
      vector[i] = elements.getFloat();
    }
    return vector;
  }
}
