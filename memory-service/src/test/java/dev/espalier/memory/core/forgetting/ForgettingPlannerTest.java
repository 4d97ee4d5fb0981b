package dev.espalier.memory.core.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.core.forgetting.ForgettingPlan.Item;
import dev.espalier.memory.core.forgetting.ForgettingPlan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForgettingPlannerTest {

  private static final long SEED = 20260103;
  private static final int CASES = 500;

  @Test
  void aSecondRunFindsNothingToDo() {
    forRandomMemories(
        (policy, traces) -> {
          ForgettingPlan first = plan(policy, traces);
          List<MemoryTrace> after = carriedOut(first, traces);
          ForgettingPlan second =
              ForgettingPlanner.plan(policy, first.lastSeq(), after, RandomMemory.DUPLICATES);
          assertEquals(List.of(), second.changes());
        });
  }

  @Test
  void whatIsPinnedYoungOrWaitingNeverLeavesActive() {
    forRandomMemories(
        (policy, traces) -> {
          for (Item item : plan(policy, traces).changes()) {
            MemoryTrace trace = traces.get((int) item.seq() - 1);
            if (trace.tier() == Tier.ACTIVE) {
              assertFalse(trace.isPinned());
              assertFalse(trace.isWaiting());
              assertTrue(trace.seq() <= traces.size() - policy.protectNewest());
            }
          }
        });
  }

  @Test
  void forgetsOneTierAfterTheOtherAndNeverBack() {
    forRandomMemories(
        (policy, traces) ->
            plan(policy, traces)
                .changes()
                .forEach(item -> assertTrue(item.to().compareTo(item.from()) > 0)));
  }

  @Test
  void keepsTheStrongerOfTwoThatMayGo() {
    forRandomMemories(
        (policy, traces) -> {
          List<Item> items = plan(policy, traces).items();
          double strongestGone =
              items.stream()
                  .filter(item -> item.from() == Tier.ACTIVE && item.isChange())
                  .mapToDouble(item -> item.strength().total())
                  .max()
                  .orElse(Double.NEGATIVE_INFINITY);
          items.stream()
              .filter(item -> item.from() == Tier.ACTIVE && !item.isChange())
              .filter(item -> item.reason() == Reason.WITHIN_CAPACITY)
              .forEach(item -> assertTrue(item.strength().total() >= strongestGone));
        });
  }

  @Test
  void aRecallNeverWeakens() {
    System.out.println("seed " + SEED);
    RandomMemory memory = new RandomMemory(SEED);
    for (int i = 0; i < 2000; i++) {
      int turns = memory.between(1, 5000);
      long seq = memory.between(1, turns);
      Uses before = memory.uses(seq, turns);
      Uses after = used(before, turns);
      for (Strategy strategy : List.of(Strategy.ACTIVATION, Strategy.HEMA)) {
        StrengthModel model =
            StrengthModel.of(ForgettingPolicy.of(strategy), List.of(trace(seq, before)));
        double was = model.of(trace(seq, before), turns).total();
        double is = model.of(trace(seq, after), turns).total();
        assertTrue(is >= was, strategy + ": " + was + " became " + is + " by " + after);
      }
    }
  }

  @Test
  void forgetsWhatAsksBeforeWhatTellsAsMuch() {
    assertEquals(Tier.DORMANT, firstOfTwo(Strategy.ACTIVATION, said(1, true), said(2, false)));
    assertEquals(Tier.ACTIVE, firstOfTwo(Strategy.ACTIVATION, said(1, false), said(2, true)));
  }

  private static MemoryTrace said(long seq, boolean isQuestion) {
    return new MemoryTrace(seq, Tier.ACTIVE, seq, false, false, 1, isQuestion, Uses.NONE);
  }

  @Test
  void hemaAsPrintedForgetsWhatWasRecalledFirst() {
    MemoryTrace recalled = trace(1, new Uses(1, List.of(10L)));
    MemoryTrace neverRecalled = trace(2, Uses.NONE);

    assertEquals(Tier.DORMANT, firstOfTwo(Strategy.HEMA_AS_PRINTED, recalled, neverRecalled));
    assertEquals(Tier.ACTIVE, firstOfTwo(Strategy.HEMA, recalled, neverRecalled));
    assertEquals(Tier.ACTIVE, firstOfTwo(Strategy.ACTIVATION, recalled, neverRecalled));
  }

  @Test
  void partsAddUpToTheStrength() {
    forRandomMemories(
        (policy, traces) ->
            plan(policy, traces)
                .items()
                .forEach(
                    item ->
                        assertEquals(
                            item.strength().parts().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum(),
                            item.strength().total(),
                            1e-9)));
  }

  @Test
  void purgesOnlyByARetentionPolicyAndOnlyWhatWasArchivedLongAgo() {
    MemoryTrace old = new MemoryTrace(1, Tier.ARCHIVED, 50, false, false, 1, false, Uses.NONE);
    MemoryTrace recent = new MemoryTrace(2, Tier.ARCHIVED, 95, false, false, 1, false, Uses.NONE);
    List<MemoryTrace> traces = List.of(old, recent);

    ForgettingPolicy none = ForgettingPolicy.of(Strategy.ACTIVATION);
    ForgettingPolicy retention =
        new ForgettingPolicy(
            Strategy.ACTIVATION,
            Capacity.ALL,
            Capacity.ALL,
            0,
            50L,
            Weights.DEFAULT,
            Salience.DEFAULT,
            1);

    assertEquals(
        List.of(), ForgettingPlanner.plan(none, 100, traces, NearDuplicates.NONE).changes());
    List<Item> purged =
        ForgettingPlanner.plan(retention, 100, traces, NearDuplicates.NONE).changes();
    assertEquals(List.of(1L), purged.stream().map(Item::seq).toList());
    assertEquals(Tier.PURGED, purged.get(0).to());
  }

  private interface Property {
    void check(ForgettingPolicy policy, List<MemoryTrace> traces);
  }

  private static void forRandomMemories(Property property) {
    System.out.println("seed " + SEED);
    RandomMemory memory = new RandomMemory(SEED);
    for (int i = 0; i < CASES; i++) {
      Strategy strategy = Strategy.values()[i % Strategy.values().length];
      property.check(memory.policy(strategy), memory.traces(memory.between(1, 200)));
    }
  }

  private static ForgettingPlan plan(ForgettingPolicy policy, List<MemoryTrace> traces) {
    return ForgettingPlanner.plan(policy, traces.size(), traces, RandomMemory.DUPLICATES);
  }

  private static List<MemoryTrace> carriedOut(ForgettingPlan plan, List<MemoryTrace> traces) {
    List<MemoryTrace> after = new ArrayList<>();
    IntStream.range(0, traces.size())
        .filter(i -> plan.items().get(i).to() != Tier.PURGED)
        .forEach(
            i -> {
              MemoryTrace was = traces.get(i);
              Item item = plan.items().get(i);
              after.add(
                  new MemoryTrace(
                      was.seq(),
                      item.to(),
                      item.isChange() ? plan.lastSeq() : was.sinceSeq(),
                      was.isPinned(),
                      was.isWaiting(),
                      was.information(),
                      was.isQuestion(),
                      was.uses()));
            });
    return after;
  }

  private static Tier firstOfTwo(Strategy strategy, MemoryTrace first, MemoryTrace second) {
    ForgettingPolicy policy =
        new ForgettingPolicy(
            strategy,
            new Capacity(1L, null),
            Capacity.ALL,
            0,
            null,
            Weights.DEFAULT,
            Salience.DEFAULT,
            1);
    return ForgettingPlanner.plan(policy, 10, List.of(first, second), NearDuplicates.NONE)
        .items()
        .get(0)
        .to();
  }

  private static MemoryTrace trace(long seq, Uses uses) {
    return new MemoryTrace(seq, Tier.ACTIVE, seq, false, false, 1, false, uses);
  }

  private static Uses used(Uses before, long lastSeq) {
    List<Long> recent = new ArrayList<>(before.recent());
    recent.add(0, lastSeq);
    return new Uses(before.count() + 1, recent.subList(0, Math.min(Uses.KEPT, recent.size())));
  }
}
