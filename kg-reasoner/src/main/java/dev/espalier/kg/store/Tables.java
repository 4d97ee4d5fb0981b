package dev.espalier.kg.store;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.Leases;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which tables the shared code works on. */
@ApplicationScoped
class Tables {

  @Produces
  @Singleton
  Leases leases(TenantTransactions transactions, Database database) {
    return new Leases(transactions, database, "job_task");
  }

  @Produces
  @Singleton
  EventTable events(Database database) {
    return new EventTable(database, "job_event");
  }
}
