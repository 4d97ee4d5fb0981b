package dev.espalier.memory.store;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A transaction that sees one tenant's rows, through row-level security, and that the database ends
 * at the deadline.
 */
@ApplicationScoped
public class TenantTransactions implements UnitOfWork {

  private final Database database;
  private final Clock clock;

  TenantTransactions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public <T> T in(Scope scope, Supplier<T> work) {
    Duration left = Duration.between(clock.instant(), scope.deadline());
    if (left.isNegative() || left.isZero()) {
      throw MemoryException.deadlineExceeded(null);
    }
    return run(
        () -> {
          enter(scope.tenant(), left);
          return work.get();
        });
  }

  /** From here on the transaction in hand sees this tenant only. */
  void enter(String tenant, Duration statementTimeout) {
    database.query(
        "SELECT set_config('espalier.tenant', ?, true), set_config('statement_timeout', ?, true)",
        row -> row.getString(1),
        tenant,
        Long.toString(Math.max(1, statementTimeout.toMillis())));
  }

  /** A transaction that sees no tenant yet. */
  <T> T run(Supplier<T> work) {
    try {
      return QuarkusTransaction.requiringNew().call(work::get);
    } catch (RuntimeException e) {
      throw DatabaseException.translate(e);
    }
  }
}
