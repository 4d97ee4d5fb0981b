package dev.espalier.memory.store;

import dev.espalier.memory.core.forgetting.Tier;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Moves turns between tiers: the row that names the tier, the vector into the table that is
 * searched or out of it, and the revisions that tell caches.
 */
@ApplicationScoped
class TierRows {

  private final Database database;
  private final VectorRows vectors;
  private final Purge purge;
  private final TransactionTenant tenant;
  private final Clock clock;

  TierRows(
      Database database, VectorRows vectors, Purge purge, TransactionTenant tenant, Clock clock) {
    this.database = database;
    this.vectors = vectors;
    this.purge = purge;
    this.tenant = tenant;
    this.clock = clock;
  }

  /** The tiers of those of the turns that are not active. */
  Map<Long, Tier> read(UUID conversation, Collection<Long> seqs) {
    Map<Long, Tier> tiers = new HashMap<>();
    database
        .query(
            """
            SELECT seq, tier FROM turn_tier
            WHERE conversation_id = ? AND tenant_id = ? AND seq = ANY (?)
            """,
            row -> Map.entry(row.getLong("seq"), Tier.valueOf(row.getString("tier"))),
            conversation,
            tenant.id(),
            TraceRows.longs(seqs))
        .forEach(tier -> tiers.put(tier.getKey(), tier.getValue()));
    return tiers;
  }

  void move(UUID conversation, Collection<Long> moved, Tier to, long lastSeq) {
    long[] seqs = TraceRows.longs(moved);
    boolean changesPostings =
        to == Tier.ARCHIVED
            || to == Tier.PURGED
            || read(conversation, moved).containsValue(Tier.ARCHIVED);
    if (to == Tier.ACTIVE) {
      database.update(
          "DELETE FROM turn_tier WHERE conversation_id = ? AND tenant_id = ? AND seq = ANY (?)",
          conversation,
          tenant.id(),
          seqs);
      vectors.wake(conversation, seqs);
    } else {
      database.update(
          """
          INSERT INTO turn_tier (conversation_id, seq, tenant_id, tier, since_seq, since)
          SELECT ?, seq, ?, ?, ?, ? FROM unnest(?) AS seq
          ON CONFLICT (conversation_id, seq) DO UPDATE
            SET tier = excluded.tier, since_seq = excluded.since_seq, since = excluded.since
          """,
          conversation,
          tenant.id(),
          to,
          lastSeq,
          clock.instant(),
          seqs);
      vectors.rest(conversation, seqs);
    }
    if (to == Tier.PURGED) {
      purge.purge(conversation, seqs);
    }
    if (changesPostings) {
      vectors.postingsChanged(conversation);
    }
  }
}
