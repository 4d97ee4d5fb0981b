package dev.espalier.memory.store;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Postings.Stem;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.Turn;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The inverted index in PostgreSQL, whose text search makes the stems. */
@ApplicationScoped
class PostgresPostings {

  private final Database database;
  private final TransactionTenant tenant;

  PostgresPostings(Database database, TransactionTenant tenant) {
    this.database = database;
    this.tenant = tenant;
  }

  /** How far the conversation's postings have come, and the stems of a query, sorted. */
  Head head(UUID conversation, String query) {
    return database
        .queryOne(
            """
            SELECT c.last_seq, coalesce(h.postings_revision, 0) AS revision,
              (SELECT coalesce(array_agg(l.lexeme ORDER BY l.lexeme), '{}') FROM lexemes(?) AS l)
                AS lexemes
            FROM conversation c LEFT JOIN embedding_head h ON h.conversation_id = c.id
            WHERE c.id = ? AND c.tenant_id = ?
            """,
            row ->
                new Head(
                    row.getInt("last_seq"),
                    row.getLong("revision"),
                    List.of((String[]) row.getArray("lexemes").getArray())),
            query,
            conversation,
            tenant.id())
        .orElseThrow(MemoryException::conversationNotFound);
  }

  /**
   * The postings of some stems.
   *
   * @param known up to which turn each stem's are known already
   * @param through the last turn to read
   * @return by stem; one without further postings is absent
   */
  Map<String, Stem> read(UUID conversation, Map<String, Integer> known, int through) {
    Map<String, Stem> stems = new HashMap<>();
    database
        .query(
            """
            SELECT q.lexeme, array_send(array_agg(p.seq::integer ORDER BY p.seq)) AS seqs,
              array_send(array_agg(p.occurrences::integer ORDER BY p.seq)) AS occurrences
            FROM unnest(?, ?) AS q (lexeme, known)
            JOIN posting p ON p.conversation_id = ? AND p.lexeme = q.lexeme
              AND p.seq > q.known AND p.seq <= ?
            GROUP BY q.lexeme
            """,
            row ->
                Map.entry(
                    row.getString("lexeme"),
                    new Stem(
                        SentArray.ints(row.getBytes("seqs")),
                        SentArray.ints(row.getBytes("occurrences")))),
            known.keySet().toArray(String[]::new),
            known.values().stream().mapToLong(Integer::longValue).toArray(),
            conversation,
            through)
        .forEach(stem -> stems.put(stem.getKey(), stem.getValue()));
    return stems;
  }

  /** The lengths of the windows around some turns, without a gap. */
  int[] windowLengths(UUID conversation, int from, int through) {
    return database
        .queryOne(
            """
            SELECT array_send(coalesce(array_agg(window_lexemes ORDER BY seq), '{}')) AS lengths
            FROM turn_length WHERE conversation_id = ? AND seq >= ? AND seq <= ?
            """,
            row -> SentArray.ints(row.getBytes("lengths")),
            conversation,
            from,
            through)
        .orElseThrow();
  }

  /** The turns whose words are not searched. */
  @Nullable SeqSet silent(UUID conversation) {
    long[] seqs =
        database
            .query(
                """
                SELECT seq FROM turn_tier
                WHERE conversation_id = ? AND tenant_id = ? AND tier IN ('ARCHIVED', 'PURGED')
                """,
                row -> row.getLong("seq"),
                conversation,
                tenant.id())
            .stream()
            .mapToLong(Long::longValue)
            .toArray();
    return seqs.length == 0 ? null : new SeqSet(seqs);
  }

  /** Indexes turns that follow the newest one without a gap. */
  void add(UUID conversation, String tenant, List<Turn> added) {
    Map<Long, Integer> lengths = new HashMap<>();
    long first = added.get(0).seq();
    database
        .query(
            "SELECT seq, lexemes FROM turn_length WHERE conversation_id = ? AND seq = ?",
            row -> Map.entry(row.getLong("seq"), row.getInt("lexemes")),
            conversation,
            first - 1)
        .forEach(length -> lengths.put(length.getKey(), length.getValue()));
    lengths.putAll(addPostings(conversation, tenant, added));

    long[] seqs = added.stream().mapToLong(Turn::seq).toArray();
    long[] own = new long[seqs.length];
    long[] windows = new long[seqs.length];
    for (int i = 0; i < seqs.length; i++) {
      own[i] = lengths.getOrDefault(seqs[i], 0);
      windows[i] =
          own[i] + lengths.getOrDefault(seqs[i] - 1, 0) + lengths.getOrDefault(seqs[i] + 1, 0);
    }
    database.update(
        """
        INSERT INTO turn_length (conversation_id, seq, lexemes, window_lexemes)
        SELECT ?, t.seq, t.own, t.around FROM unnest(?, ?, ?) AS t (seq, own, around)
        """,
        conversation,
        seqs,
        own,
        windows);
    if (first > 1) {
      database.update(
          """
          UPDATE turn_length SET window_lexemes = window_lexemes + ?
          WHERE conversation_id = ? AND seq = ?
          """,
          own[0],
          conversation,
          first - 1);
    }
  }

  /** Writes the postings; answers each turn's length in lexemes. */
  private Map<Long, Integer> addPostings(UUID conversation, String tenant, List<Turn> added) {
    Map<Long, Integer> lengths = new HashMap<>();
    database
        .query(
            """
            WITH written AS (
              INSERT INTO posting (conversation_id, tenant_id, seq, lexeme, occurrences)
              SELECT ?, ?, t.seq, l.lexeme, l.occurrences
              FROM unnest(?, ?) AS t (seq, body), LATERAL lexemes(t.body) AS l
              RETURNING seq, occurrences)
            SELECT seq, sum(occurrences)::integer AS lexemes FROM written GROUP BY seq
            """,
            row -> Map.entry(row.getLong("seq"), row.getInt("lexemes")),
            conversation,
            tenant,
            added.stream().mapToLong(Turn::seq).toArray(),
            added.stream().map(turn -> turn.said().indexedText()).toArray(String[]::new))
        .forEach(length -> lengths.put(length.getKey(), length.getValue()));
    return lengths;
  }

  /**
   * What a query needs to know of a conversation.
   *
   * @param revision changes when older postings do
   * @param lexemes the query's stems
   */
  record Head(int lastSeq, long revision, List<String> lexemes) {
    Head {
      lexemes = List.copyOf(lexemes);
    }
  }
}
