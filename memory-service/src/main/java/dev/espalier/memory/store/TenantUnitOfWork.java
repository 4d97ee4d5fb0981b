package dev.espalier.memory.store;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** One transaction of the scope's tenant, until the scope's deadline. */
@ApplicationScoped
public class TenantUnitOfWork implements UnitOfWork {

  private final TenantTransactions transactions;

  TenantUnitOfWork(TenantTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public <T> T in(Scope scope, Supplier<T> work) {
    return transactions.in(scope.tenant(), scope.deadline(), work);
  }
}
