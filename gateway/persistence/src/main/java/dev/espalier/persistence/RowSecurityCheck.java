package dev.espalier.persistence;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Refuses to run as a role that row-level security does not bind.
 *
 * <p>A database that cannot be reached at start is no reason to end: the service is alive, not
 * ready, and asks again with every look at its readiness.
 */
@ApplicationScoped
class RowSecurityCheck {

  private static final Logger LOG = Logger.getLogger(RowSecurityCheck.class);

  private static final String REFUSAL =
      "the database role (quarkus.datasource.username) is a superuser or has BYPASSRLS, so"
          + " row-level security does not bind it: use an ordinary role that owns the schema";

  private final TenantTransactions transactions;
  private final Database database;
  private volatile boolean isBound;

  RowSecurityCheck(TenantTransactions transactions, Database database) {
    this.transactions = transactions;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    try {
      if (isBypassed()) {
        throw new IllegalStateException(REFUSAL);
      }
      isBound = true;
    } catch (TransactionFailure e) {
      LOG.warnf(
          "the database cannot be used yet (%s): alive, but not ready until it can", rootOf(e));
    }
  }

  /**
   * Returns when the role is bound, and ends the service when it is not.
   *
   * @throws TransactionFailure when the database is away
   */
  void require() {
    if (isBound) {
      return;
    }
    if (isBypassed()) {
      LOG.error(REFUSAL);
      Quarkus.asyncExit(1);
      throw new IllegalStateException(REFUSAL);
    }
    isBound = true;
  }

  private boolean isBypassed() {
    return transactions.run(
        () ->
            database
                .queryOne(
                    """
                    SELECT rolsuper OR rolbypassrls AS is_bypassed FROM pg_roles
                    WHERE rolname = current_user
                    """,
                    row -> row.getBoolean("is_bypassed"))
                .orElseThrow());
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
