package dev.espalier.memory.ops;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.reembedding.Reembedder;
import dev.espalier.memory.core.reembedding.Reembedding;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.UUID;

/** Moves to another model, and the worker that embeds for them. */
@ApplicationScoped
public class Reembeddings {

  private final Reembedder reembedder;
  private final EmbeddingWorkers embedding;
  private final BackgroundTasks tasks;

  Reembeddings(
      Reembedder reembedder,
      EmbeddingWorkers embedding,
      TenantTransactions transactions,
      Database database,
      Clock clock) {
    this.reembedder = reembedder;
    this.embedding = embedding;
    tasks =
        new BackgroundTasks(
            transactions,
            database,
            clock,
            "reembedding_task",
            (id, scope, claim, shouldStop) -> reembedder.run(scope, id, claim, shouldStop));
  }

  void start(@Observes StartupEvent event) {
    tasks.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tasks.close();
  }

  public Reembedding begin(Scope scope, UUID conversation) {
    Reembedding begun = reembedder.begin(scope, conversation, id -> tasks.add(id, scope.tenant()));
    tasks.wake();
    return begun;
  }

  public Reembedding cutOver(Scope scope, UUID conversation, UUID id, boolean isBack) {
    Reembedding moved = reembedder.cutOver(scope, conversation, id, isBack);
    embedding.wake();
    return moved;
  }

  public void drop(Scope scope, UUID conversation, UUID id) {
    reembedder.drop(scope, conversation, id, tasks::remove);
  }
}
