package dev.espalier.memory.store;

import dev.espalier.memory.core.forgetting.MemoryTrace;
import dev.espalier.memory.core.forgetting.Tier;
import dev.espalier.memory.core.forgetting.Uses;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
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

  /** Every turn up to this one that is not purged, by sequence. */
  List<MemoryTrace> read(UUID conversation, long lastSeq) {
    return database.query(
        """
        WITH idf AS (
          SELECT lexeme, (1e6 * ln(1 + (? - count(*) + 0.5) / (count(*) + 0.5)))::bigint AS micro
          FROM posting WHERE conversation_id = ? AND seq <= ? GROUP BY lexeme),
        information AS (
          SELECT p.seq, sum(idf.micro)::bigint AS micro FROM posting p JOIN idf USING (lexeme)
          WHERE p.conversation_id = ? AND p.seq <= ? GROUP BY p.seq)
        SELECT t.seq, coalesce(k.tier, 'ACTIVE') AS tier, coalesce(k.since_seq, t.seq) AS since_seq,
          p.seq IS NOT NULL AS pinned, w.seq IS NOT NULL AS waiting,
          coalesce(i.micro, 0) AS micro, coalesce(u.uses, 0) AS uses, u.recent
        FROM turn t
        LEFT JOIN turn_tier k ON k.conversation_id = t.conversation_id AND k.seq = t.seq
        LEFT JOIN turn_pin p ON p.conversation_id = t.conversation_id AND p.seq = t.seq
        LEFT JOIN turn_use u ON u.conversation_id = t.conversation_id AND u.seq = t.seq
        LEFT JOIN embedding_task w
          ON w.conversation_id = t.conversation_id AND w.seq = t.seq AND NOT w.is_dead
        LEFT JOIN information i ON i.seq = t.seq
        WHERE t.conversation_id = ? AND t.tenant_id = ? AND t.seq <= ?
          AND coalesce(k.tier, 'ACTIVE') <> 'PURGED'
        ORDER BY t.seq
        """,
        TraceRows::trace,
        lastSeq,
        conversation,
        lastSeq,
        conversation,
        lastSeq,
        conversation,
        tenant.id(),
        lastSeq);
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

  void pin(UUID conversation, long seq) {
    database.update(
        """
        INSERT INTO turn_pin (conversation_id, seq, tenant_id, pinned_at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        conversation,
        seq,
        tenant.id(),
        clock.instant());
  }

  void unpin(UUID conversation, long seq) {
    database.update(
        "DELETE FROM turn_pin WHERE conversation_id = ? AND tenant_id = ? AND seq = ?",
        conversation,
        tenant.id(),
        seq);
  }

  static long[] longs(Collection<Long> seqs) {
    return seqs.stream().mapToLong(Long::longValue).toArray();
  }

  static List<Long> list(Array array) throws SQLException {
    return List.of((Long[]) array.getArray());
  }

  private static MemoryTrace trace(ResultSet row) throws SQLException {
    long uses = row.getLong("uses");
    return new MemoryTrace(
        row.getLong("seq"),
        Tier.valueOf(row.getString("tier")),
        row.getLong("since_seq"),
        row.getBoolean("pinned"),
        row.getBoolean("waiting"),
        row.getLong("micro") * MICRO,
        uses == 0 ? Uses.NONE : new Uses(uses, list(row.getArray("recent"))));
  }
}
