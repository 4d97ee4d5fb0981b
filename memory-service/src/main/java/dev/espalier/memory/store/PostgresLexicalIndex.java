package dev.espalier.memory.store;

import dev.espalier.memory.core.LexicalIndex;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.Turn;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** BM25 in SQL over word stems. */
@ApplicationScoped
public class PostgresLexicalIndex implements LexicalIndex {

  /*
   * Okapi BM25 (Robertson and Zaragoza, 2009, formula 3.15) with k1 = 1.2, b = 0.75 and the
   * non-negative idf ln(1 + (N - df + .5) / (df + .5)). Deviation: the document is a turn together
   * with the turns before and after it, because an answer rarely repeats the words of the question it
   * answers: +7 points of evidence recall at 10. Windows are not stored: a stem's turns are spread to
   * their neighbours at query time, so a turn's postings are written once. Cost: three rows per
   * posting of the query's stems.
   */
  private static final String SEARCH =
      """
      WITH spread AS (
        SELECT p.lexeme, p.seq + near.step AS seq, sum(p.occurrences) AS tf
        FROM posting p CROSS JOIN (VALUES (-1), (0), (1)) AS near (step)
        WHERE p.conversation_id = ?
          AND p.lexeme = ANY (ARRAY(SELECT q.lexeme FROM lexemes(?) q))
        GROUP BY p.lexeme, p.seq + near.step
      ), conversation_size AS (
        SELECT last_seq::float8 AS turns, greatest(window_lexemes, 1)::float8 / last_seq AS mean
        FROM conversation WHERE id = ? AND last_seq > 0
      ), weight AS (
        SELECT s.lexeme, ln(1 + (c.turns - count(*) + 0.5) / (count(*) + 0.5)) AS idf
        FROM spread s CROSS JOIN conversation_size c
        WHERE s.seq BETWEEN 1 AND c.turns
        GROUP BY s.lexeme, c.turns
      )
      SELECT s.seq,
        sum(w.idf * s.tf * 2.2 / (s.tf + 1.2 * (0.25 + 0.75 * l.window_lexemes / c.mean))) AS score
      FROM spread s
        JOIN weight w USING (lexeme)
        JOIN turn_length l ON l.conversation_id = ? AND l.seq = s.seq
        CROSS JOIN conversation_size c
      WHERE ?::bigint[] IS NULL OR s.seq = ANY (?::bigint[])
      GROUP BY s.seq
      ORDER BY score DESC, s.seq DESC
      LIMIT ?
      """;

  private final Database database;

  PostgresLexicalIndex(Database database) {
    this.database = database;
  }

  @Override
  public List<Ranked> search(UUID conversation, String query, int limit, @Nullable SeqSet allowed) {
    long[] seqs = allowed == null ? null : allowed.toArray();
    return database.query(
        SEARCH,
        row -> new Ranked(row.getLong("seq"), row.getDouble("score")),
        conversation,
        query,
        conversation,
        conversation,
        seqs,
        seqs,
        limit);
  }

  /**
   * Indexes turns that follow the newest one without a gap.
   *
   * @return by how much the conversation's sum of window lengths grew
   */
  long add(UUID conversation, String tenant, List<Turn> added) {
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
    long growth = 0;
    for (int i = 0; i < seqs.length; i++) {
      own[i] = lengths.getOrDefault(seqs[i], 0);
      windows[i] =
          own[i] + lengths.getOrDefault(seqs[i] - 1, 0) + lengths.getOrDefault(seqs[i] + 1, 0);
      growth += windows[i];
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
      growth += own[0];
    }
    return growth;
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
}
