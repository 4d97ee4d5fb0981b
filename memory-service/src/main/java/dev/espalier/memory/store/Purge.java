package dev.espalier.memory.store;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Takes a turn's text and everything made of it away; its number stays. */
@ApplicationScoped
class Purge {

  private final Database database;
  private final VectorRows vectors;
  private final TransactionTenant tenant;

  Purge(Database database, VectorRows vectors, TransactionTenant tenant) {
    this.database = database;
    this.vectors = vectors;
    this.tenant = tenant;
  }

  /** The lengths of word windows stay, so that the other turns' scores do. */
  void purge(UUID conversation, long[] seqs) {
    database.update(
        """
        UPDATE turn SET content = '', speaker = NULL, client_turn_id = NULL, metadata = '{}'
        WHERE conversation_id = ? AND tenant_id = ? AND seq = ANY (?)
        """,
        conversation,
        tenant.id(),
        seqs);
    for (String derived : new String[] {"posting", "turn_use", "turn_pin"}) {
      database.update(
          "DELETE FROM "
              + derived
              + " WHERE conversation_id = ? AND tenant_id = ? AND seq = ANY (?)",
          conversation,
          tenant.id(),
          seqs);
    }
    database.update(
        """
        DELETE FROM compact_summary WHERE conversation_id = ? AND tenant_id = ? AND (
          EXISTS (SELECT FROM jsonb_path_query(headline, '$[*].seqs[*]') AS cited
            WHERE cited::bigint = ANY (?))
          OR EXISTS (SELECT FROM jsonb_path_query(body, '$[*].seqs[*]') AS cited
            WHERE cited::bigint = ANY (?)))
        """,
        conversation,
        tenant.id(),
        seqs,
        seqs);
    vectors.delete(conversation, seqs);
  }
}
