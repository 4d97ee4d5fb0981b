package dev.espalier.persistence;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A transaction that sees one tenant's rows, through row-level security, and that ends at the
 * deadline: each statement by itself, and the whole a second later.
 */
@ApplicationScoped
public class TenantTransactions {

  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  private final Database database;
  private final TransactionTenant transactionTenant;
  private final Clock clock;

  TenantTransactions(Database database, TransactionTenant transactionTenant, Clock clock) {
    this.database = database;
    this.transactionTenant = transactionTenant;
    this.clock = clock;
  }

  /**
   * Runs the work in one transaction that sees this tenant's rows only.
   *
   * @throws TransactionFailure when the database or the time is gone; what the work itself throws
   *     passes through, and undoes it
   */
  public <T> T in(String tenant, Instant deadline, Supplier<T> work) {
    Instant now = clock.instant();
    if (!now.isBefore(deadline)) {
      throw TransactionFailure.deadlineExceeded(null);
    }
    Instant latest = now.plus(MAX_TIMEOUT);
    Duration left = deadline.isAfter(latest) ? MAX_TIMEOUT : Duration.between(now, deadline);
    try {
      return run(
          left,
          () -> {
            enter(tenant, left);
            return work.get();
          });
    } catch (TransactionFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw clock.instant().isBefore(deadline) ? e : TransactionFailure.deadlineExceeded(e);
    }
  }

  /** From here on the transaction in hand sees this tenant only. */
  public void enter(String tenant, Duration statementTimeout) {
    transactionTenant.enter(tenant);
    database.query(
        "SELECT set_config('espalier.tenant', ?, true), set_config('statement_timeout', ?, true)",
        row -> row.getString(1),
        tenant,
        Long.toString(Math.max(1, statementTimeout.toMillis())));
  }

  /** A transaction that sees no tenant yet. */
  public <T> T run(Supplier<T> work) {
    return run(DEFAULT_TIMEOUT, work);
  }

  private static <T> T run(Duration timeout, Supplier<T> work) {
    try {
      return QuarkusTransaction.requiringNew()
          .timeout((int) timeout.toSeconds() + 1)
          .call(work::get);
    } catch (RuntimeException e) {
      // The work's own, such as a stack too deep: no fault of the database.
      if (e instanceof QuarkusTransactionException && e.getCause() instanceof Error error) {
        throw error;
      }
      RuntimeException translated = TransactionFailure.translate(e);
      // Without an SQL error behind it: the database went away during the commit.
      throw translated instanceof QuarkusTransactionException
          ? TransactionFailure.databaseUnavailable(e)
          : translated;
    }
  }
}
