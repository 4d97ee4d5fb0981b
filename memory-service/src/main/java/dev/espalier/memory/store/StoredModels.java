package dev.espalier.memory.store;

import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Which models' vectors are stored, over all tenants. */
@ApplicationScoped
public class StoredModels {

  private final TenantTransactions transactions;
  private final Database database;

  StoredModels(TenantTransactions transactions, Database database) {
    this.transactions = transactions;
    this.database = database;
  }

  /** How many conversations are searched with each model. */
  public Map<EmbeddingModel, Long> counts() {
    Map<EmbeddingModel, Long> counts = new HashMap<>();
    transactions.run(
        () ->
            database.query(
                """
                SELECT m.name, m.revision, m.quantisation, m.passage_prefix, m.query_prefix,
                  m.dimensions, count(*) AS conversations
                FROM embedding_head h JOIN embedding_model m ON m.id = h.model_id GROUP BY m.id
                """,
                row -> counts.put(VectorRows.model(row), row.getLong("conversations"))));
    return counts;
  }
}
