package dev.espalier.memory.store;

import dev.espalier.memory.core.forgetting.MemoryTrace;
import dev.espalier.memory.core.forgetting.Tier;
import dev.espalier.memory.core.forgetting.Uses;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.Database.RowReader;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what is known of turns, and writes their uses and pins. */
@ApplicationScoped
class TraceRows {

  /** Whole millionths, so that the order in which they are added up does not matter. */
  private static final double MICRO = 1e-6;

  private final Database database;
  private final TransactionTenant tenant;
  private final Clock clock;

  TraceRows(Database database, TransactionTenant tenant, Clock clock) {
    this.database = database;
    this.tenant = tenant;
    this.clock = clock;
  }

  /**
   * Every turn up to this one that is not purged, by sequence. Each table is read for itself: right
   * after an import the planner takes it for nearly empty, and would join row by row.
   */
  List<MemoryTrace> read(UUID conversation, long lastSeq) {
    Map<Long, Standing> tiers =
        bySeq(
            "SELECT seq, tier, since_seq FROM turn_tier",
            row -> new Standing(Tier.valueOf(row.getString("tier")), row.getLong("since_seq")),
            conversation);
    Map<Long, Boolean> pinned = bySeq("SELECT seq FROM turn_pin", row -> true, conversation);
    Map<Long, Boolean> waiting =
        bySeq(
            "SELECT seq, is_dead FROM embedding_task",
            row -> !row.getBoolean("is_dead"),
            conversation);
    Map<Long, Uses> uses =
        bySeq(
            "SELECT seq, uses, recent FROM turn_use",
            row -> new Uses(row.getLong("uses"), list(row.getArray("recent"))),
            conversation);
    Map<Long, Double> information = information(conversation, lastSeq);
    List<MemoryTrace> traces = new ArrayList<>();
    for (Said said : said(conversation, lastSeq)) {
      long seq = said.seq();
      Standing standing = tiers.getOrDefault(seq, new Standing(Tier.ACTIVE, seq));
      if (standing.tier() != Tier.PURGED) {
        traces.add(
            new MemoryTrace(
                seq,
                standing.tier(),
                standing.sinceSeq(),
                pinned.containsKey(seq),
                waiting.getOrDefault(seq, false),
                information.getOrDefault(seq, 0.0),
                said.isQuestion(),
                uses.getOrDefault(seq, Uses.NONE)));
      }
    }
    return traces;
  }

  private List<Said> said(UUID conversation, long lastSeq) {
    return database.query(
        """
        SELECT seq, right(content, 3) ~ '[?\uff1f\u061f]' AS is_question FROM turn
        WHERE conversation_id = ? AND tenant_id = ? AND seq <= ? ORDER BY seq
        """,
        row -> new Said(row.getLong("seq"), row.getBoolean("is_question")),
        conversation,
        tenant.id(),
        lastSeq);
  }

  /** The sum of each turn's stems' inverse document frequencies. */
  private Map<Long, Double> information(UUID conversation, long lastSeq) {
    Map<Long, Double> information = new HashMap<>();
    database
        .query(
            """
            SELECT seq, sum((1e6 * ln(1 + (? - df + 0.5) / (df + 0.5)))::bigint)::bigint AS micro
            FROM (SELECT seq, count(*) OVER (PARTITION BY lexeme) AS df FROM posting
              WHERE conversation_id = ? AND tenant_id = ? AND seq <= ?) AS found
            GROUP BY seq
            """,
            row -> Map.entry(row.getLong("seq"), row.getLong("micro") * MICRO),
            lastSeq,
            conversation,
            tenant.id(),
            lastSeq)
        .forEach(turn -> information.put(turn.getKey(), turn.getValue()));
    return information;
  }

  private <T> Map<Long, T> bySeq(String select, RowReader<T> value, UUID conversation) {
    Map<Long, T> found = new HashMap<>();
    database
        .query(
            select + " WHERE conversation_id = ? AND tenant_id = ?",
            row -> Map.entry(row.getLong("seq"), value.read(row)),
            conversation,
            tenant.id())
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /** Counts a use of each turn, but at most one while the conversation stands still. */
  void use(UUID conversation, Collection<Long> seqs, long lastSeq) {
    database.update(
        """
        INSERT INTO turn_use AS u (conversation_id, seq, tenant_id, uses, recent, last_used_at)
        SELECT t.conversation_id, t.seq, t.tenant_id, 1, ARRAY[?::bigint], ? FROM turn t
        WHERE t.conversation_id = ? AND t.tenant_id = ? AND t.seq = ANY (?) ORDER BY t.seq
        ON CONFLICT (conversation_id, seq) DO UPDATE
          SET uses = u.uses + 1, recent = (excluded.recent || u.recent)[1:?],
            last_used_at = excluded.last_used_at
          WHERE u.recent[1] < excluded.recent[1]
        """,
        lastSeq,
        clock.instant(),
        conversation,
        tenant.id(),
        longs(seqs),
        Uses.KEPT);
  }

  boolean pin(UUID conversation, long seq) {
    return database.update(
            """
            INSERT INTO turn_pin (conversation_id, seq, tenant_id, pinned_at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            conversation,
            seq,
            tenant.id(),
            clock.instant())
        == 1;
  }

  boolean unpin(UUID conversation, long seq) {
    return database.update(
            "DELETE FROM turn_pin WHERE conversation_id = ? AND tenant_id = ? AND seq = ?",
            conversation,
            tenant.id(),
            seq)
        == 1;
  }

  static long[] longs(Collection<Long> seqs) {
    return seqs.stream().mapToLong(Long::longValue).toArray();
  }

  static List<Long> list(Array array) throws SQLException {
    return List.of((Long[]) array.getArray());
  }

  /** A turn's tier, and since when. */
  private record Standing(Tier tier, long sinceSeq) {}

  /** A turn, and whether it ends by asking. */
  private record Said(long seq, boolean isQuestion) {}
}
