package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.forgetting.ForgettingPlan.Item;
import dev.espalier.memory.core.forgetting.ForgettingPlan.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which turns are forgotten. Nothing but the turns, their uses and the policy enters: the
 * same memory gives the same plan at any hour.
 */
public final class ForgettingPlanner {

  private static final Comparator<Judged> WEAKEST_FIRST =
      Comparator.<Judged>comparingDouble(judged -> judged.strength().total())
          .thenComparingLong(judged -> judged.trace().seq());

  private ForgettingPlanner() {}

  /**
   * @param lastSeq the conversation's newest turn
   * @param traces one a turn that is not purged
   * @param vectors of the turns that have one
   */
  public static ForgettingPlan plan(
      ForgettingPolicy policy, long lastSeq, List<MemoryTrace> traces, NearDuplicates vectors) {
    List<Judged> judged = judge(policy, lastSeq, traces, vectors);
    Set<Long> dormant =
        weakest(
            judged,
            Math.min(policy.active().of(lastSeq), policy.searchable().of(lastSeq)),
            each -> each.trace().tier() == Tier.ACTIVE,
            each -> isMovable(each.trace(), policy, lastSeq));
    Set<Long> archived =
        weakest(
            judged,
            policy.searchable().of(lastSeq),
            each -> each.trace().tier() == Tier.ACTIVE || each.trace().tier() == Tier.DORMANT,
            each -> each.trace().tier() == Tier.DORMANT || dormant.contains(each.trace().seq()));
    List<Item> items = new ArrayList<>(judged.size());
    for (Judged each : judged) {
      items.add(item(each, policy, lastSeq, dormant, archived));
    }
    items.sort(Comparator.comparingLong(Item::seq));
    return new ForgettingPlan(lastSeq, items);
  }

  private static List<Judged> judge(
      ForgettingPolicy policy, long lastSeq, List<MemoryTrace> traces, NearDuplicates vectors) {
    StrengthModel model = StrengthModel.of(policy, traces);
    List<Judged> judged = new ArrayList<>(traces.size());
    for (MemoryTrace trace : traces) {
      judged.add(new Judged(trace, model.of(trace, lastSeq)));
    }
    double penalty = policy.weights().redundancy();
    if (policy.strategy() != Strategy.ACTIVATION || penalty == 0) {
      return judged;
    }
    judged.sort(WEAKEST_FIRST.reversed());
    Map<Long, Long> stronger = new HashMap<>();
    vectors
        .ofStronger(judged.stream().mapToLong(each -> each.trace().seq()).toArray())
        .forEach(stronger::put);
    judged.replaceAll(each -> each.lessRedundancy(penalty, stronger));
    return judged;
  }

  /** The weakest of those that may go, as many as there are counted over the capacity. */
  private static Set<Long> weakest(
      List<Judged> judged, long capacity, Predicate<Judged> counts, Predicate<Judged> mayGo) {
    long surplus = judged.stream().filter(counts).count() - capacity;
    Set<Long> weakest = new HashSet<>();
    if (surplus > 0) {
      judged.stream()
          .filter(counts.and(mayGo))
          .sorted(WEAKEST_FIRST)
          .limit(surplus)
          .forEach(each -> weakest.add(each.trace().seq()));
    }
    return weakest;
  }

  private static boolean isMovable(MemoryTrace trace, ForgettingPolicy policy, long lastSeq) {
    return !trace.isPinned() && !trace.isWaiting() && !isYoung(trace, policy, lastSeq);
  }

  private static boolean isYoung(MemoryTrace trace, ForgettingPolicy policy, long lastSeq) {
    return trace.seq() > lastSeq - policy.protectNewest();
  }

  private static Item item(
      Judged judged, ForgettingPolicy policy, long lastSeq, Set<Long> dormant, Set<Long> archived) {
    MemoryTrace trace = judged.trace();
    Tier from = trace.tier();
    if (archived.contains(trace.seq())) {
      return judged.to(Tier.ARCHIVED, Reason.OVER_SEARCHABLE_CAPACITY);
    }
    if (dormant.contains(trace.seq())) {
      return judged.to(Tier.DORMANT, Reason.OVER_ACTIVE_CAPACITY);
    }
    Long retention = policy.purgeAfterTurns();
    if (from == Tier.ARCHIVED
        && retention != null
        && !trace.isPinned()
        && lastSeq - trace.sinceSeq() >= retention) {
      return judged.to(Tier.PURGED, Reason.RETENTION);
    }
    if (trace.isPinned()) {
      return judged.to(from, Reason.PINNED);
    }
    if (isYoung(trace, policy, lastSeq)) {
      return judged.to(from, Reason.YOUNG);
    }
    return judged.to(from, trace.isWaiting() ? Reason.WAITS_FOR_VECTOR : Reason.WITHIN_CAPACITY);
  }

  /** A turn with its strength. */
  private record Judged(MemoryTrace trace, Strength strength) {

    Judged lessRedundancy(double penalty, Map<Long, Long> stronger) {
      Long of = stronger.get(trace.seq());
      return of == null ? this : new Judged(trace, strength.lessRedundancy(penalty, of));
    }

    Item to(Tier to, Reason reason) {
      return new Item(trace.seq(), trace.tier(), to, strength, reason);
    }
  }
}
