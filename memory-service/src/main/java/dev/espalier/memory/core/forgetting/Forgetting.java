package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.memory.core.forgetting.ForgettingPlan.Item;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Forgets by policy: shows what a run would do, runs, and undoes. The clock dates what happened and
 * decides nothing.
 */
public final class Forgetting {

  private final UnitOfWork work;
  private final TurnStore turns;
  private final ForgettingStore store;
  private final ConversationEvents events;
  private final Supplier<UUID> ids;
  private final Clock clock;

  public Forgetting(
      UnitOfWork work,
      TurnStore turns,
      ForgettingStore store,
      ConversationEvents events,
      Supplier<UUID> ids,
      Clock clock) {
    this.work = work;
    this.turns = turns;
    this.store = store;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @throws MemoryException {@code memory.policy_not_found}
   */
  public ForgettingPolicy policy(Scope scope, String id) {
    return work.in(scope, () -> policyNamed(id));
  }

  public void put(Scope scope, String id, ForgettingPolicy policy) {
    work.in(
        scope,
        () -> {
          store.put(id, policy);
          return policy;
        });
  }

  /**
   * What a run would do now, without doing it.
   *
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.policy_not_found}
   */
  public ForgettingPlan preview(Scope scope, UUID conversation, String policyId) {
    return work.in(scope, () -> plan(conversation, policyNamed(policyId)));
  }

  /** The part of {@link #run} inside a unit of work. */
  public Outcome runWithin(UUID conversation, String policyId) {
    turns.indexState(conversation); // refuses an unknown conversation
    store.lock(conversation);
    ForgettingPolicy policy = policyNamed(policyId);
    ForgettingPlan plan = plan(conversation, policy);
    Map<Tier, List<Long>> moves = new EnumMap<>(Tier.class);
    for (Item item : plan.changes()) {
      moves.computeIfAbsent(item.to(), to -> new ArrayList<>()).add(item.seq());
    }
    moves.forEach((to, seqs) -> store.move(conversation, seqs, to, plan.lastSeq()));
    ForgettingRun run =
        new ForgettingRun(
            ids.get(),
            conversation,
            policyId,
            policy,
            plan.lastSeq(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            null,
            plan.changes());
    store.add(run);
    if (!run.items().isEmpty()) {
      events.publish(conversation, ConversationEvent.forgotten(run.id(), run.changes()));
    }
    return new Outcome(run, plan);
  }

  /**
   * Moves what the policy says.
   *
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.policy_not_found}
   */
  public ForgettingRun run(Scope scope, UUID conversation, String policyId) {
    return work.in(scope, () -> runWithin(conversation, policyId).run());
  }

  /**
   * @throws MemoryException {@code memory.run_not_found}
   */
  public ForgettingRun find(Scope scope, UUID run) {
    return work.in(scope, () -> runNamed(run));
  }

  /**
   * Brings back what a run moved and nothing has moved since; once undone, it is answered alike.
   *
   * @throws MemoryException {@code memory.run_not_found}
   */
  public Undone undo(Scope scope, UUID id) {
    return work.in(
        scope,
        () -> {
          ForgettingRun run = runNamed(id);
          store.lock(run.conversation());
          return store.undone(id).orElseGet(() -> undo(run));
        });
  }

  private Undone undo(ForgettingRun run) {
    long lastSeq = turns.indexState(run.conversation()).lastSeq();
    Map<Long, Tier> now =
        store.tiers(run.conversation(), run.items().stream().map(Item::seq).toList());
    Map<Tier, List<Long>> moves = new EnumMap<>(Tier.class);
    List<Long> restored = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    for (Item item : run.items()) {
      Tier tier = now.getOrDefault(item.seq(), Tier.ACTIVE);
      if (tier == item.to() && tier != Tier.PURGED) {
        moves.computeIfAbsent(item.from(), from -> new ArrayList<>()).add(item.seq());
        restored.add(item.seq());
      } else {
        left.add(item.seq());
      }
    }
    moves.forEach((to, seqs) -> store.move(run.conversation(), seqs, to, lastSeq));
    Undone undone =
        new Undone(
            run.id(),
            run.conversation(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            restored,
            left);
    store.add(undone);
    events.publish(
        run.conversation(), ConversationEvent.remembered(run.id(), restored.size(), left.size()));
    return undone;
  }

  /**
   * A pinned turn is active and stays it.
   *
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.turn_not_found}
   */
  public void pin(Scope scope, UUID conversation, long seq) {
    work.in(
        scope,
        () -> {
          long lastSeq = existing(conversation, seq);
          store.lock(conversation);
          if (store.pin(conversation, seq)) {
            events.publish(conversation, ConversationEvent.pinned(seq));
          }
          if (!store.tiers(conversation, List.of(seq)).isEmpty()) {
            store.move(conversation, List.of(seq), Tier.ACTIVE, lastSeq);
          }
          return seq;
        });
  }

  /**
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.turn_not_found}
   */
  public void unpin(Scope scope, UUID conversation, long seq) {
    work.in(
        scope,
        () -> {
          existing(conversation, seq);
          if (store.unpin(conversation, seq)) {
            events.publish(conversation, ConversationEvent.unpinned(seq));
          }
          return seq;
        });
  }

  private long existing(UUID conversation, long seq) {
    long lastSeq = turns.indexState(conversation).lastSeq();
    if (!store.exists(conversation, seq)) {
      throw MemoryException.turnNotFound(seq);
    }
    return lastSeq;
  }

  private ForgettingPlan plan(UUID conversation, ForgettingPolicy policy) {
    long lastSeq = turns.indexState(conversation).lastSeq();
    List<MemoryTrace> traces = store.traces(conversation, lastSeq);
    NearDuplicates duplicates =
        strongestFirst ->
            new VectorDuplicates(policy.weights().duplicateCosine(), store.vectors(conversation))
                .ofStronger(strongestFirst);
    return ForgettingPlanner.plan(policy, lastSeq, traces, duplicates);
  }

  private ForgettingPolicy policyNamed(String id) {
    return store
        .policy(id)
        .or(() -> ForgettingPolicy.builtIn(id))
        .orElseThrow(() -> MemoryException.policyNotFound(id));
  }

  private ForgettingRun runNamed(UUID run) {
    return store.run(run).orElseThrow(MemoryException::runNotFound);
  }

  /** A run, and the whole plan that it carried out. */
  public record Outcome(ForgettingRun run, ForgettingPlan plan) {}
}
