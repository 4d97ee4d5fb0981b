package dev.espalier.memory.core.erasure;

import dev.espalier.memory.core.Claim;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.memory.core.summary.CompactMemory;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Erases. Each conversation is a unit of work of its own, so that a large subject neither holds
 * locks for long nor begins anew when a worker dies.
 */
public final class Eraser {

  private static final int TURNS = 1000;

  private final UnitOfWork work;
  private final ErasureStore store;
  private final CompactMemory summaries;
  private final VectorIndex vectors;

  public Eraser(UnitOfWork work, ErasureStore store, CompactMemory summaries, VectorIndex vectors) {
    this.work = work;
    this.store = store;
    this.summaries = summaries;
    this.vectors = vectors;
  }

  /**
   * Empties one turn, for good.
   *
   * @throws dev.espalier.memory.core.MemoryException {@code memory.conversation_not_found}, {@code
   *     memory.turn_not_found}
   */
  public Erased redact(Scope scope, UUID conversation, long seq) {
    Erased erased = work.in(scope, () -> redact(conversation, List.of(seq)));
    vectors.evict(conversation);
    return erased;
  }

  /** The part inside a unit of work. */
  public Erased redact(UUID conversation, Collection<Long> seqs) {
    Erased erased = store.redact(conversation, seqs);
    return erased.withSummaries(summaries.forget(conversation, seqs));
  }

  /**
   * Erases a target step by step.
   *
   * @param scope gives each step its time
   * @param shouldStop asked between steps; the next worker goes on from there
   */
  public void erase(Supplier<Scope> scope, UUID erasure, Claim claim, BooleanSupplier shouldStop) {
    boolean isDone = false;
    while (!isDone && !shouldStop.getAsBoolean()) {
      Set<UUID> touched = new HashSet<>();
      isDone =
          work.in(
              scope.get(),
              () -> {
                claim.require();
                Optional<Target> target = store.target(erasure);
                boolean isNothingLeft = target.isEmpty() || !step(erasure, target.get(), touched);
                if (isNothingLeft) {
                  store.complete(erasure);
                  claim.end();
                }
                return isNothingLeft;
              });
      touched.forEach(vectors::evict);
    }
  }

  /** Whether there was something to erase. */
  private boolean step(UUID erasure, Target target, Set<UUID> touched) {
    String subject = target.subject();
    if (subject != null) {
      Optional<UUID> about = store.about(subject);
      if (about.isPresent()) {
        store.count(erasure, store.delete(about.get()));
        touched.add(about.get());
        return true;
      }
    }
    String speaker = target.speaker();
    if (speaker == null) {
      return false;
    }
    Optional<ErasureStore.Spoken> spoken = store.spokenBy(speaker, TURNS);
    spoken.ifPresent(
        of -> {
          store.count(erasure, redact(of.conversation(), of.seqs()));
          touched.add(of.conversation());
        });
    return spoken.isPresent();
  }
}
