package dev.espalier.search.store;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.Leases;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The table of searches that are not done. */
@ApplicationScoped
public class SearchTasks {

  private final TenantTransactions transactions;
  private final Database database;
  private final Leases leases;

  SearchTasks(TenantTransactions transactions, Database database) {
    this.transactions = transactions;
    this.database = database;
    leases = new Leases(transactions, database, "search_task");
  }

  @Produces
  @Singleton
  static EventTable events(Database database) {
    return new EventTable(database, "search_event");
  }

  public Leases leases() {
    return leases;
  }

  /** Removes a task that no worker has ever had, in the transaction in hand. */
  boolean removeUntouched(UUID id) {
    return database.update("DELETE FROM search_task WHERE id = ? AND fence = 0", id) == 1;
  }

  void requestCancel(UUID id) {
    database.update("UPDATE search_task SET is_cancelled = true WHERE id = ?", id);
  }

  /** Those of a worker's searches that somebody wants to end. */
  public Set<UUID> cancelled(String worker) {
    return new HashSet<>(
        transactions.run(
            () ->
                database.query(
                    "SELECT id FROM search_task WHERE worker = ? AND is_cancelled",
                    row -> row.getObject("id", UUID.class),
                    worker)));
  }
}
