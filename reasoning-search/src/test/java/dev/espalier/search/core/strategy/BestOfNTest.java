package dev.espalier.search.core.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.StrategySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestOfNTest {

  private static BestOfN search(int samples) {
    StrategySpec.BestOfN settings = new StrategySpec.BestOfN(samples, 5);
    return new BestOfN(Steps.spec(settings), settings);
  }

  @Test
  void continuesEachSampleOnceWhereNothingIsMerged() {
    // Given
    BestOfN search = search(3);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("a", "b", "c"));
    search.accept(
        Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0), Steps.of(1), Steps.of(2)));
    // When
    List<Need> needs = search.next();
    // Then
    assertEquals(List.of(1, 1, 1), counts(needs));
  }

  @Test
  void continuesAClassWithFewerSamplesOfTheSameMass() {
    // Given
    BestOfN search = search(6);
    search.accept(
        Steps.only(search, Need.Propose.class), Steps.proposed("a", "a", "A", "b", "A", "c"));
    search.accept(
        Steps.only(search, Need.Group.class),
        Steps.grouped(Steps.of(0, 1, 2, 4), Steps.of(3), Steps.of(5)));
    // When
    List<Need> needs = search.next();
    search.accept(needs.get(0), Steps.proposed("= 1", "= 2"));
    search.accept(needs.get(1), Steps.proposed("= 2"));
    search.accept(needs.get(2), Steps.proposed("= 3"));
    List<Need> round = search.next();
    search.accept(round.get(0), Steps.grouped(Steps.of(0), Steps.of(1)));
    search.accept(round.get(1), Steps.scored(1.0));
    search.accept(round.get(2), Steps.scored(0.5));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(1.0, 1.0));
    assertTrue(search.next().isEmpty());
    // Then
    assertEquals(List.of(3, 1, 1), counts(needs));
    List<Double> weights =
        search.tree().nodes().stream()
            .filter(search.tree()::isTerminal)
            .map(search::weight)
            .toList();
    assertEquals(List.of(1.0, 0.5, 2.0, 2.0), weights);
  }

  @Test
  void stopsWhenTheVoteIsDecided() {
    // Given
    BestOfN search = search(5);
    search.accept(
        Steps.only(search, Need.Propose.class), Steps.proposed("= 1", "= 1", "= 1", "a", "b"));
    search.accept(
        Steps.only(search, Need.Group.class),
        Steps.grouped(Steps.of(0, 1, 2), Steps.of(3), Steps.of(4)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(1.0));
    search.tree().answer(search.tree().node(1), "1");
    // When
    List<Need> end = search.next();
    // Then
    assertTrue(end.isEmpty());
    assertEquals(StopReason.CONVERGED, search.reason());
  }

  private static List<Integer> counts(List<Need> needs) {
    return needs.stream().map(need -> ((Need.Propose) need).count()).toList();
  }
}
