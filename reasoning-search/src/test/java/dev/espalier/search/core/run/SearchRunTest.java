package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchRunTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void runsToItsEnd(int strategy) {
    // Given
    SearchSpec spec = Runs.spec(Runs.strategy(strategy), false, 1);
    Runs.MemoryLog log = new Runs.MemoryLog();
    // When
    SearchState state = Runs.run(spec, new World(1, 4).ports(), log, List.of()).run();
    // Then
    assertTrue(
        EnumSet.of(StopReason.COMPLETED, StopReason.CONVERGED)
            .contains(state.stoppedBecause().orElseThrow()));
    assertTrue(state.answer().isPresent());
    TreeInvariants.validate(state.tree());
    SearchState replayed = SearchState.replay(spec, log.events);
    assertEquals(state.answers(), replayed.answers());
    assertEquals(state.best(), replayed.best());
    assertEquals(state.pruning(), replayed.pruning());
    assertEquals(state.ledger().total(), replayed.ledger().total());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void stopsWhenAnAnswerIsProven(long seed) {
    World world = new World(seed, 4);
    world.proves = true;
    SearchSpec spec = Runs.spec(new StrategySpec.MonteCarlo(20, 8, 5, 1.25), true, seed);
    SearchState state = Runs.run(spec, world.ports(), new Runs.MemoryLog(), List.of()).run();
    assertEquals(StopReason.SOLVED, state.stoppedBecause().orElseThrow());
    assertEquals("7", state.answer().orElseThrow());
  }
}
