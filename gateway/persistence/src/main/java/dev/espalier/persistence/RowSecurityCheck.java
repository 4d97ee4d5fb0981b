package dev.espalier.persistence;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses to start as a role that row-level security does not bind. */
@ApplicationScoped
class RowSecurityCheck {

  private final TenantTransactions transactions;
  private final Database database;

  RowSecurityCheck(TenantTransactions transactions, Database database) {
    this.transactions = transactions;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    boolean isBypassed =
        transactions.run(
            () ->
                database
                    .queryOne(
                        """
                        SELECT rolsuper OR rolbypassrls AS is_bypassed FROM pg_roles
                        WHERE rolname = current_user
                        """,
                        row -> row.getBoolean("is_bypassed"))
                    .orElseThrow());
    if (isBypassed) {
      throw new IllegalStateException(
          "the database role (quarkus.datasource.username) is a superuser or has BYPASSRLS, so"
              + " row-level security does not bind it: use an ordinary role that owns the schema");
    }
  }
}
