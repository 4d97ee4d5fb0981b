package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes uses down, and wakes what was dormant. */
public final class Reinforcement {

  private final UnitOfWork work;
  private final ForgettingStore store;
  private final ConversationEvents events;

  public Reinforcement(UnitOfWork work, ForgettingStore store, ConversationEvents events) {
    this.work = work;
    this.store = store;
    this.events = events;
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
            List<Long> woken = dormant(conversation, seqs);
            if (!woken.isEmpty()) {
              store.move(conversation, woken, Tier.ACTIVE, lastSeq);
              events.publish(conversation, ConversationEvent.woken(woken));
            }
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
