package dev.espalier.memory.store;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
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
public class TenantTransactions implements UnitOfWork {

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

  @Override
  public <T> T in(Scope scope, Supplier<T> work) {
    Instant now = clock.instant();
    if (!now.isBefore(scope.deadline())) {
      throw MemoryException.deadlineExceeded(null);
    }
    Instant latest = now.plus(MAX_TIMEOUT);
    Duration left =
        scope.deadline().isAfter(latest) ? MAX_TIMEOUT : Duration.between(now, scope.deadline());
    try {
      return run(
          left,
          () -> {
            enter(scope.tenant(), left);
            return work.get();
          });
    } catch (MemoryException e) {
      throw e;
    } catch (RuntimeException e) {
      throw clock.instant().isBefore(scope.deadline()) ? e : MemoryException.deadlineExceeded(e);
    }
  }

  /** From here on the transaction in hand sees this tenant only. */
  void enter(String tenant, Duration statementTimeout) {
    transactionTenant.enter(tenant);
    database.query(
        "SELECT set_config('espalier.tenant', ?, true), set_config('statement_timeout', ?, true)",
        row -> row.getString(1),
        tenant,
        Long.toString(Math.max(1, statementTimeout.toMillis())));
  }

  /** A transaction that sees no tenant yet. */
  <T> T run(Supplier<T> work) {
    return run(DEFAULT_TIMEOUT, work);
  }

  private static <T> T run(Duration timeout, Supplier<T> work) {
    try {
      return QuarkusTransaction.requiringNew()
          .timeout((int) timeout.toSeconds() + 1)
          .call(work::get);
    } catch (RuntimeException e) {
      RuntimeException translated = DatabaseException.translate(e);
      // Without an SQL error behind it: the database went away during the commit.
      throw translated instanceof QuarkusTransactionException
          ? MemoryException.databaseUnavailable(e)
          : translated;
    }
  }
}
