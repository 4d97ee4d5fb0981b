package dev.espalier.memory.store;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.config.MemoryConfig.VectorMode;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.VectorIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Chooses the vector index: what the configuration says, or what the database offers. */
@ApplicationScoped
class VectorIndexProducer {

  private static final Logger LOG = Logger.getLogger(VectorIndexProducer.class);

  @Produces
  @Singleton
  VectorIndex vectorIndex(
      MemoryConfig config,
      TenantTransactions transactions,
      Database database,
      VectorRows rows,
      Embedder embedder) {
    boolean isInstalled = transactions.run(() -> isPgVectorInstalled(database));
    VectorMode mode = config.vectors().mode().resolve(isInstalled);
    LOG.infof("vector search: %s (pgvector installed: %s)", mode, isInstalled);
    return mode == VectorMode.PGVECTOR
        ? new PgVectorIndex(database, rows)
        : new InProcessVectorIndex(
            rows, embedder.model(), config.vectors().cacheSize().asLongValue());
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
