package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.StaleWorkerException;
import dev.espalier.search.core.ledger.Cause;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.spec.SearchSpec;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void endsWhenProposalsFailThreeTimesInARow(int strategy) {
    // Given
    World world = new World(1, 4);
    world.proposalFailures = 1;
    // When
    SearchState state = run(strategy, world);
    // Then
    assertEquals(StopReason.UPSTREAM_FAILED, state.stoppedBecause().orElseThrow());
    assertEquals(3, state.ledger().of(Cause.FAILED).calls());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void endsWhenTheScorerIsDownWithoutPayingForProposalAfterProposal(int strategy) {
    // Given
    World world = new World(1, 4);
    world.scoreFailures = 1;
    // When
    SearchState state = run(strategy, world);
    // Then
    assertEquals(StopReason.UPSTREAM_FAILED, state.stoppedBecause().orElseThrow());
    assertTrue(state.ledger().of(Cause.PROPOSED).calls() <= 3);
  }

  @Test
  void survivesFailuresThatAreNotInARow() {
    for (int seed = 0; seed < 20; seed++) {
      // Given
      World world = new World(seed, 4);
      world.proposalFailures = 0.2;
      // When
      SearchState state = run(seed, world);
      // Then
      TreeInvariants.validate(state.tree());
      assertTrue(
          state.stoppedBecause().orElseThrow() == StopReason.UPSTREAM_FAILED
              || state.answer().isPresent(),
          "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void stopsWithTheBestAnswerSoFarWhenCancelled(int strategy) {
    for (int after = 0; after < 30; after += 3) {
      // Given
      AtomicInteger left = new AtomicInteger(after);
      SearchRun run =
          new SearchRun(
              Runs.spec(Runs.strategy(strategy), false, 2),
              new World(2, 4).ports(),
              new Runs.MemoryLog(),
              List.of(),
              SearchSettings.DEFAULT,
              new MonotonicClock(),
              Runs.IN_TURN,
              "tenant",
              "request",
              () -> left.getAndDecrement() <= 0);
      // When
      SearchState state = run.run();
      // Then
      assertTrue(left.get() >= 0 || state.stoppedBecause().orElseThrow() == StopReason.CANCELLED);
      assertEquals(0, state.ledger().reserved().calls());
      TreeInvariants.validate(state.tree());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void stopsAtOnceWhenSomebodyElseHoldsTheSearch(int strategy) {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    for (int after = 0; after < 20; after++) {
      // Given
      AtomicInteger left = new AtomicInteger(after);
      AtomicInteger refused = new AtomicInteger();
      EventLog log =
          (events, isUrgent) -> {
            if (left.getAndDecrement() <= 0) {
              refused.incrementAndGet();
              throw new StaleWorkerException();
            }
          };
      SearchSpec spec = Runs.spec(Runs.strategy(strategy), false, 2);
      // When
      SearchRun run = Runs.run(spec, new World(2, 4).ports(), log, List.of(), executor);
      // Then
      assertThrows(StaleWorkerException.class, run::run);
      assertTrue(refused.get() <= 18, "went on: " + refused);
    }
    executor.shutdown();
  }

  @Test
  void growsTheSameTreeWhateverTheThreads() {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    for (int seed = 0; seed < 12; seed++) {
      // Given
      SearchSpec spec = Runs.spec(Runs.strategy(seed), seed % 2 == 0, seed);
      SearchState alone = run(spec, new World(seed, 4));
      // When
      SearchState together =
          Runs.run(spec, new World(seed, 4).ports(), new Runs.MemoryLog(), List.of(), executor)
              .run();
      // Then
      ResumeTest.assertSame(alone, together, "seed " + seed);
    }
    executor.shutdown();
  }

  private static SearchState run(int strategy, World world) {
    return run(Runs.spec(Runs.strategy(strategy), false, 2), world);
  }

  private static SearchState run(SearchSpec spec, World world) {
    return Runs.run(spec, world.ports(), new Runs.MemoryLog(), List.of()).run();
  }
}
