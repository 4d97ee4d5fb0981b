package dev.espalier.memory.ops;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.erasure.Eraser;
import dev.espalier.memory.core.erasure.Erasure;
import dev.espalier.memory.core.erasure.ErasureStore;
import dev.espalier.memory.core.erasure.Target;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.UUID;

/** Erasures across conversations, and the worker that runs them. */
@ApplicationScoped
public class Erasures {

  private final UnitOfWork work;
  private final ErasureStore store;
  private final BackgroundTasks tasks;

  Erasures(
      UnitOfWork work,
      ErasureStore store,
      Eraser eraser,
      TenantTransactions transactions,
      Database database,
      Clock clock) {
    this.work = work;
    this.store = store;
    tasks =
        new BackgroundTasks(
            transactions,
            database,
            clock,
            "erasure_task",
            (id, scope, claim, shouldStop) -> eraser.erase(scope, id, claim, shouldStop));
  }

  void start(@Observes StartupEvent event) {
    tasks.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tasks.close();
  }

  /** Begins an erasure; it goes on by itself, after a crash too. */
  public Erasure begin(Scope scope, Target target) {
    Erasure begun =
        work.in(
            scope,
            () -> {
              UUID id = UUID.randomUUID();
              store.open(id, target);
              tasks.add(id, scope.tenant());
              return store.find(id).orElseThrow();
            });
    tasks.wake();
    return begun;
  }

  /**
   * @throws MemoryException {@code memory.erasure_not_found}
   */
  public Erasure read(Scope scope, UUID id) {
    return work.in(scope, () -> store.find(id)).orElseThrow(MemoryException::erasureNotFound);
  }
}
