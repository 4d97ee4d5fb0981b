package dev.espalier.gateway.store;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Changes that every replica has to hear of. */
@Singleton
final class Changes {

  private final TenantTransactions transactions;
  private final Database database;

  @Inject
  Changes(TenantTransactions transactions, Database database) {
    this.transactions = transactions;
    this.database = database;
  }

  /** Runs the work and raises the revision, both or neither. */
  <T> T make(Supplier<T> work) {
    return transactions.run(
        () -> {
          T made = work.get();
          database.update("UPDATE access_revision SET value = value + 1");
          return made;
        });
  }

  /** Only reads. */
  <T> T read(Supplier<T> work) {
    return transactions.run(work);
  }
}
