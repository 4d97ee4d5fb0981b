package dev.espalier.search.core.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.StrategySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeamSearchTest {

  @Test
  void keepsTheBestOfALevelAndNarrowsAsSolutionsEnd() {
    // Given
    StrategySpec.Beam settings = new StrategySpec.Beam(2, 4, 5);
    BeamSearch search = new BeamSearch(Steps.spec(settings), settings);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("a", "b", "= 3", "c"));
    search.accept(
        Steps.only(search, Need.Group.class),
        Steps.grouped(Steps.of(0), Steps.of(1), Steps.of(2), Steps.of(3)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.1, 0.8, 0.7, 0.2));
    // When
    Need.Propose next = Steps.only(search, Need.Propose.class);
    search.accept(next, Steps.proposed("= 4", "d"));
    search.accept(Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0), Steps.of(1)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.9, 0.2));
    List<Need> end = search.next();
    // Then
    assertEquals(List.of("b"), next.steps());
    assertTrue(end.isEmpty());
    assertEquals(List.of("b", "= 4"), search.tree().steps(search.chosen().orElseThrow()));
  }

  @Test
  void expandsALevelInOneRound() {
    // Given
    StrategySpec.Beam settings = new StrategySpec.Beam(2, 2, 5);
    BeamSearch search = new BeamSearch(Steps.spec(settings), settings);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("a", "b"));
    search.accept(Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0), Steps.of(1)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.5, 0.5));
    // When
    List<Need> needs = search.next();
    // Then
    assertEquals(List.of(1, 2), needs.stream().map(Need::node).toList());
  }
}
