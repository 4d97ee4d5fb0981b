package dev.espalier.memory.store;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.config.MemoryConfig.VectorMode;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the vector index that the configuration names. */
@ApplicationScoped
class VectorIndexProducer {

  @Produces
  @Singleton
  VectorIndex vectorIndex(
      MemoryConfig config, TenantTransactions transactions, Database database, VectorRows rows) {
    if (config.vectors().mode() == VectorMode.IN_PROCESS) {
      return new InProcessVectorIndex(
          rows, config.vectors().cacheSize().asLongValue(), InProcessVectorIndex.SMALL);
    }
    if (!transactions.run(() -> isPgVectorInstalled(database))) {
      throw new IllegalStateException(
          "espalier.memory.vectors.mode is pgvector, but the database lacks the extension"
              + " \"vector\": an administrator must run CREATE EXTENSION vector, then restart");
    }
    boolean hasIndex = transactions.run(() -> PgVectorIndex.createIndex(database));
    return new PgVectorIndex(database, hasIndex ? PgVectorIndex.EXACT : Integer.MAX_VALUE);
  }

  private static boolean isPgVectorInstalled(Database database) {
    return database
        .queryOne(
            """
            SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema()
              AND table_name = 'turn_embedding' AND column_name = 'searchable'
            """,
            row -> true)
        .isPresent();
  }
}
