package dev.espalier.memory.store;

import com.pgvector.PGvector;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.persistence.Database;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Searches a conversation's vectors in PostgreSQL with pgvector: a scan of what may be returned,
 * or, where that is much, an approximate index over all conversations (HNSW: Malkov and Yashunin,
 * arXiv 1603.09320).
 */
final class PgVectorIndex implements VectorIndex {

  /*
   * The index knows no conversation: it walks outwards from the query and drops what the filter does
   * not allow. Without iterative scans it stops after ef_search rows, and a filter that allows one
   * row in ten gets a tenth of what it asked for. With them it goes on until it has enough, in
   * strict order, but at the price of one step a dropped row. So it is asked only where scanning
   * would be slow and a fair share of what it meets is allowed, and where it still returns too few,
   * the scan answers.
   */

  /** Up to so many vectors a scan takes less than the index at its most careful, and is exact. */
  static final int EXACT = 20_000;

  /** The share of all vectors that must be allowed for the index to be asked. */
  private static final double FAIR_SHARE = 0.05;

  /**
   * The least and the most that the index keeps in view. Its work grows with that, and what it
   * finds hardly does, where all that it meets may be returned; a filter makes it stop too early.
   */
  private static final int MIN_EF_SEARCH = 200;

  private static final int MIN_EF_SEARCH_FILTERED = 400;
  private static final int MAX_EF_SEARCH = 1000;

  /** Below this share of what it meets the index counts as filtered. */
  private static final double MOST = 0.5;

  private static final int LARGE = 20_000;

  private static final String INDEX =
      "CREATE INDEX IF NOT EXISTS turn_embedding_hnsw ON turn_embedding"
          + " USING hnsw (searchable vector_ip_ops) WITH (m = 16, ef_construction = 64)";

  /** Steps after which the index gives up. */
  private static final int MAX_SCAN_TUPLES = 40_000;

  private static final Logger LOG = Logger.getLogger(PgVectorIndex.class);

  private final Database database;
  private final int exact;

  /**
   * @param exact up to so many vectors are scanned
   */
  PgVectorIndex(Database database, int exact) {
    this.database = database;
    this.exact = exact;
  }

  /**
   * Makes the approximate index while that takes seconds; later it is the administrator's to make.
   *
   * @return whether it is there
   */
  static boolean createIndex(Database database) {
    boolean isThere =
        database
            .queryOne(
                "SELECT 1 FROM pg_class WHERE oid = to_regclass('turn_embedding_hnsw')",
                row -> true)
            .isPresent();
    boolean isLarge =
        database
            .queryOne("SELECT 1 FROM turn_embedding OFFSET ? LIMIT 1", row -> true, LARGE)
            .isPresent();
    if (!isThere && isLarge) {
      LOG.warnf("large conversations are scanned, because an index is missing: %s", INDEX);
    } else if (!isThere) {
      database.update(INDEX);
    }
    return isThere || !isLarge;
  }

  @Override
  public List<Ranked> nearest(
      UUID conversation, float[] query, int limit, @Nullable SeqSet allowed) {
    Standing standing = standing(conversation);
    long permitted = allowed == null ? standing.turns() : allowed.size();
    double share = permitted / Math.max(standing.all(), permitted);
    if (permitted > exact && share >= FAIR_SHARE) {
      int inView = Math.max(limit, share > MOST ? MIN_EF_SEARCH : MIN_EF_SEARCH_FILTERED);
      List<Ranked> found =
          approximate(conversation, standing.model(), query, limit, allowed, inView);
      if (found.size() == limit) {
        return found;
      }
    }
    return scanned(conversation, standing.model(), query, limit, allowed);
  }

  @Override
  public String name() {
    return exact == Integer.MAX_VALUE
        ? "pgvector, exact"
        : "pgvector, exact, above " + exact + " turns HNSW";
  }

  @Override
  public void evict(UUID conversation) {
    // Nothing of it is kept outside the database.
  }

  /** One question to the database, since every search asks it. */
  private Standing standing(UUID conversation) {
    return database
        .queryOne(
            """
            SELECT h.model_id, c.last_seq, t.reltuples
            FROM conversation c JOIN embedding_head h ON h.conversation_id = c.id, pg_class t
            WHERE c.id = ? AND t.oid = 'turn_embedding'::regclass AND h.model_id IS NOT NULL
            """,
            row ->
                new Standing(
                    row.getShort("model_id"), row.getLong("last_seq"), row.getDouble("reltuples")),
            conversation)
        .orElse(new Standing(null, 0, 0));
  }

  /**
   * What the index finds, best first; the order of equals is the scan's. Without sorting, the index
   * is the only way that the planner has left.
   *
   * @param inView how many the index keeps in view, at least as many as asked for
   */
  List<Ranked> approximate(
      UUID conversation,
      @Nullable Short model,
      float[] query,
      int limit,
      @Nullable SeqSet allowed,
      int inView) {
    database.query(
        """
        SELECT set_config('hnsw.iterative_scan', 'strict_order', true),
          set_config('hnsw.ef_search', ?, true), set_config('hnsw.max_scan_tuples', ?, true),
          set_config('enable_sort', 'off', true)
        """,
        row -> true,
        Integer.toString(Math.min(MAX_EF_SEARCH, inView)),
        Integer.toString(MAX_SCAN_TUPLES));
    long[] seqs = allowed == null ? null : allowed.toArray();
    PGvector vector = new PGvector(query);
    List<Ranked> found =
        database.query(
            """
        SELECT seq, similarity FROM (
          SELECT seq, -(searchable <#> ?) AS similarity FROM turn_embedding
          WHERE conversation_id = ? AND model_id = ?
            AND (?::bigint[] IS NULL OR seq = ANY (?::bigint[]))
          ORDER BY searchable <#> ? LIMIT ?) AS nearest
        ORDER BY similarity DESC, seq DESC
        """,
            row -> new Ranked(row.getLong("seq"), row.getDouble("similarity")),
            vector,
            conversation,
            model,
            seqs,
            seqs,
            vector,
            limit);
    database.query("SELECT set_config('enable_sort', 'on', true)", row -> true);
    return found;
  }

  /** Exact: the order is no column's, so no index can answer. */
  List<Ranked> scanned(
      UUID conversation,
      @Nullable Short model,
      float[] query,
      int limit,
      @Nullable SeqSet allowed) {
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
        model,
        seqs,
        seqs,
        limit);
  }

  /**
   * What a search needs to know of a conversation.
   *
   * @param model the row of its vectors' model; null while it has none
   * @param turns how many there are, which stands for their vectors: those would have to be counted
   * @param all about how many vectors all conversations have
   */
  private record Standing(@Nullable Short model, long turns, double all) {}
}
