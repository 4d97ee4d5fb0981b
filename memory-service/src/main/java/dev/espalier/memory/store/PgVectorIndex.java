package dev.espalier.memory.store;

import com.pgvector.PGvector;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.persistence.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scans a conversation's vectors in PostgreSQL with pgvector, exactly: no approximate index exists
 * on them, so a filter never returns fewer rows than there are.
 */
final class PgVectorIndex implements VectorIndex {

  private final Database database;
  private final VectorRows rows;

  PgVectorIndex(Database database, VectorRows rows) {
    this.database = database;
    this.rows = rows;
  }

  @Override
  public List<Ranked> nearest(
      UUID conversation, float[] query, int limit, @Nullable SeqSet allowed) {
    long[] seqs = allowed == null ? null : allowed.toArray();
    return database.query(
        """
        SELECT seq, -(searchable <#> ?) AS similarity FROM turn_embedding
        WHERE conversation_id = ? AND model_id = ? AND (?::bigint[] IS NULL OR seq = ANY (?::bigint[]))
        ORDER BY similarity DESC, seq DESC LIMIT ?
        """,
        row -> new Ranked(row.getLong("seq"), row.getDouble("similarity")),
        new PGvector(query),
        conversation,
        rows.modelId().orElse(null),
        seqs,
        seqs,
        limit);
  }

  @Override
  public String name() {
    return "exact, pgvector";
  }

  @Override
  public void evict(UUID conversation) {
    // Nothing of it is kept outside the database.
  }
}
