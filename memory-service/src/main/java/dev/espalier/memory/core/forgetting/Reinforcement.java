package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes uses down, and wakes what was dormant. */
public final class Reinforcement {

  private final UnitOfWork work;
  private final ForgettingStore store;

  public Reinforcement(UnitOfWork work, ForgettingStore store) {
    this.work = work;
    this.store = store;
  }

  /**
   * @param lastSeq the conversation's newest turn when they were emitted
   */
  public void reinforce(Scope scope, UUID conversation, Collection<Long> seqs, long lastSeq) {
    work.in(
        scope,
        () -> {
          store.use(conversation, seqs, lastSeq);
          if (!dormant(conversation, seqs).isEmpty()) {
            store.lock(conversation);
            // Again: a run or an undo may have come before the lock.
            store.move(conversation, dormant(conversation, seqs), Tier.ACTIVE, lastSeq);
          }
          return seqs;
        });
  }

  private List<Long> dormant(UUID conversation, Collection<Long> seqs) {
    return store.tiers(conversation, seqs).entrySet().stream()
        .filter(turn -> turn.getValue() == Tier.DORMANT)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
