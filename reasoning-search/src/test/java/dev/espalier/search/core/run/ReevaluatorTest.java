package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReevaluatorTest {

  private static final CallContext CONTEXT =
      new CallContext(
          "tenant",
          "request",
          Instant.MAX,
          (kind, atMost, price, isRetry) -> {
            throw new AssertionError("a model was asked");
          });

  private static final SearchSpec SPEC =
      Runs.spec(new StrategySpec.MonteCarlo(12, 6, 5, 1.25), false, 3);

  private final Runs.MemoryLog log = new Runs.MemoryLog();

  private SearchState search(StepGrouper grouper) {
    return Runs.run(SPEC, new World(3, 4).ports(grouper), log, List.of()).run();
  }

  private Reevaluation reevaluate(StepGrouper grouper) {
    return new Reevaluator(SPEC, log.events).with(grouper, new World.Answers(), CONTEXT);
  }

  @Test
  void changesNothingUnderTheSameThreshold() {
    // Given
    SearchState state = search(new World.ByValue());
    // When
    Reevaluation same = reevaluate(new World.ByValue());
    // Then
    assertEquals(state.answer(), same.answer());
    assertEquals(weights(state.answers()), weights(same.answers()));
    assertEquals(state.pruning().groupsMerged(), same.groupsMerged());
    assertEquals(state.pruning().stepsMerged(), same.stepsMerged());
    assertEquals(0, same.expansionsSpared());
    assertEquals(0, same.expansionsNeeded());
    assertEquals(0, same.spared().total());
  }

  /** Rounded, for sums depend on the order. */
  private static Map<String, Long> weights(List<AnswerWeight> votes) {
    return votes.stream()
        .collect(Collectors.toMap(AnswerWeight::answer, vote -> Math.round(vote.weight() * 1e9)));
  }

  @Test
  void saysWhatMoreMergingWouldHaveSpared() {
    // Given
    SearchState state = search(DetectorFaultsTest.Fault.ALWAYS_NO);
    // When
    Reevaluation merged = reevaluate(new World.ByValue());
    // Then
    assertTrue(merged.stepsMerged() > state.pruning().stepsMerged());
    assertTrue(merged.expansionsSpared() > 0);
    assertTrue(merged.spared().total() > 0);
    assertTrue(merged.spared().total() < state.ledger().total().usage().total());
    assertTrue(merged.answer().isPresent());
  }

  @Test
  void saysWhatLessMergingWouldHaveNeeded() {
    // Given
    search(new World.ByValue());
    // When
    Reevaluation split = reevaluate(DetectorFaultsTest.Fault.ALWAYS_NO);
    // Then
    assertEquals(0, split.stepsMerged());
    assertTrue(split.expansionsNeeded() > 0);
    assertEquals(0, split.expansionsSpared());
  }
}
