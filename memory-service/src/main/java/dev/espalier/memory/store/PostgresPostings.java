package dev.espalier.memory.store;

import dev.espalier.memory.core.Postings;
import dev.espalier.memory.core.Turn;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The inverted index in PostgreSQL, whose text search makes the stems. */
@ApplicationScoped
public class PostgresPostings implements Postings {

  private final Database database;

  PostgresPostings(Database database) {
    this.database = database;
  }

  @Override
  public List<Stem> of(UUID conversation, String query) {
    return database.query(
        """
        SELECT array_agg(p.seq) AS seqs, array_agg(p.occurrences::integer) AS occurrences
        FROM lexemes(?) AS q JOIN posting p ON p.conversation_id = ? AND p.lexeme = q.lexeme
        GROUP BY p.lexeme
        """,
        row ->
            new Stem(
                Stream.of((Long[]) row.getArray("seqs").getArray())
                    .mapToLong(Long::longValue)
                    .toArray(),
                ints(row, "occurrences")),
        query,
        conversation);
  }

  @Override
  public int[] windowLengths(UUID conversation) {
    return database
        .queryOne(
            """
            SELECT coalesce(array_agg(window_lexemes ORDER BY seq), '{}') AS lengths
            FROM turn_length WHERE conversation_id = ?
            """,
            row -> ints(row, "lengths"),
            conversation)
        .orElseThrow();
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

  /**
   * Takes turns out of the index; the windows around them shrink. Answers how many postings went.
   */
  int remove(UUID conversation, Collection<Long> seqs) {
    long[] removed = seqs.stream().mapToLong(Long::longValue).toArray();
    int postings =
        database.update(
            "DELETE FROM posting WHERE conversation_id = ? AND seq = ANY (?)",
            conversation,
            removed);
    database.update(
        "UPDATE turn_length SET lexemes = 0 WHERE conversation_id = ? AND seq = ANY (?)",
        conversation,
        removed);
    database.update(
        """
        UPDATE turn_length AS middle SET window_lexemes = (
          SELECT sum(near.lexemes) FROM turn_length AS near
          WHERE near.conversation_id = middle.conversation_id
            AND near.seq BETWEEN middle.seq - 1 AND middle.seq + 1)
        WHERE conversation_id = ? AND seq = ANY (?)
        """,
        conversation,
        seqs.stream()
            .flatMapToLong(seq -> LongStream.rangeClosed(seq - 1, seq + 1))
            .distinct()
            .toArray());
    return postings;
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

  private static int[] ints(ResultSet row, String column) throws SQLException {
    return Stream.of((Integer[]) row.getArray(column).getArray())
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
