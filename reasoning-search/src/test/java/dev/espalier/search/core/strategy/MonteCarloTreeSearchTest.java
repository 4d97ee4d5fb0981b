package dev.espalier.search.core.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonteCarloTreeSearchTest {

  private static MonteCarloTreeSearch search(int simulations, int width, int depth) {
    StrategySpec.MonteCarlo settings = new StrategySpec.MonteCarlo(simulations, width, depth, 1.25);
    return new MonteCarloTreeSearch(Steps.spec(settings), settings);
  }

  @Test
  void scoresRepresentativesOnlyAndKeepsTheMassOfTheirClass() {
    // Given
    MonteCarloTreeSearch search = search(4, 4, 5);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("a", "A", "b", "a"));
    search.accept(
        Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0, 1, 3), Steps.of(2)));
    // When
    Need.Score need = Steps.only(search, Need.Score.class);
    // Then
    assertEquals(List.of("a", "b"), need.representatives().stream().map(Candidate::text).toList());
    assertEquals(List.of(3, 1), need.multiplicities());
    assertEquals(0.75, search.tree().node(1).prior());
    assertEquals(0.25, search.tree().node(2).prior());
  }

  @Test
  void samplesAMergedClassAfresh() {
    // Given
    MonteCarloTreeSearch search = search(4, 2, 5);
    Need.Propose first = Steps.only(search, Need.Propose.class);
    search.accept(first, Steps.proposed("a", "A", "b", "c"));
    search.accept(
        Steps.only(search, Need.Group.class),
        Steps.grouped(Steps.of(0, 1), Steps.of(2), Steps.of(3)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.9, 0.1, 0.1));
    // When
    Need.Propose next = Steps.only(search, Need.Propose.class);
    // Then
    assertEquals(1, next.node());
    assertEquals(2, next.count());
    assertEquals(List.of("a"), next.steps());
    assertEquals(List.of("a", "A"), next.alternatives().stream().map(Candidate::text).toList());
    assertNotEquals(first.seed(), next.seed());
  }

  @Test
  void samplesAClassMoreTheMoreItStandsFor() {
    // Given
    MonteCarloTreeSearch search = search(4, 10, 5);
    search.accept(
        Steps.only(search, Need.Propose.class), Steps.proposed("a", "A", "b", "a", "Aa", "c"));
    search.accept(
        Steps.only(search, Need.Group.class),
        Steps.grouped(Steps.of(0, 1, 3, 4), Steps.of(2), Steps.of(5)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.5, 0.9, 0.1));
    // When
    Need.Propose first = Steps.only(search, Need.Propose.class);
    search.accept(first, Steps.proposed("= 1"));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.0));
    Need.Propose second = Steps.only(search, Need.Propose.class);
    // Then
    assertEquals(List.of("b", "a"), List.of(first.steps().get(0), second.steps().get(0)));
    assertEquals(List.of(10, 13), List.of(first.count(), second.count()));
  }

  @Test
  void pricesBranchesByPuctAndBacksUpTheLeafsOwnScore() {
    // Given two children with equal priors, after a simulation through the first
    MonteCarloTreeSearch search = search(9, 2, 5);
    expand(search, "a", "b", 0.6, 0.5);
    expand(search, "c", "d", 0.2, 0.1);
    // When: 0.6 + 0.5 * 1.25 * 1 / 2 = 0.91 < 0.5 + 0.5 * 1.25 * 1 / 1 = 1.13
    Need.Propose next = Steps.only(search, Need.Propose.class);
    // Then
    assertEquals(List.of("b"), next.steps());
    assertEquals(1, search.tree().root().visits());
    assertEquals(0.6, search.tree().root().value());
    assertEquals(0.6, search.tree().node(1).value());
  }

  private static void expand(
      MonteCarloTreeSearch search, String a, String b, double scoreA, double scoreB) {
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed(a, b));
    search.accept(Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0), Steps.of(1)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(scoreA, scoreB));
  }

  @Test
  void commitsToTheOnlyChildWithoutSimulating() {
    // Given
    MonteCarloTreeSearch search = search(20, 2, 5);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("a", "A"));
    search.accept(Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0, 1)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.5));
    // When
    Need.Propose next = Steps.only(search, Need.Propose.class);
    search.accept(next, Steps.proposed("= 3"));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.5));
    List<Need> end = search.next();
    // Then
    assertEquals(List.of("a"), next.steps());
    assertTrue(end.isEmpty());
    assertEquals(StopReason.CONVERGED, search.reason());
    assertEquals(2, search.chosen().map(Node::id).orElseThrow());
  }

  @Test
  void revisitsTerminalStepsForNothing() {
    // Given
    MonteCarloTreeSearch search = search(20, 2, 5);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("= 3", "= 4"));
    search.accept(Steps.only(search, Need.Group.class), Steps.grouped(Steps.of(0), Steps.of(1)));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.6, 0.9));
    // When
    List<Need> end = search.next();
    // Then
    assertTrue(end.isEmpty());
    assertEquals("= 4", search.tree().representative(search.chosen().orElseThrow()).text());
  }

  @Test
  void turnsAwayFromWhatIsProvenWorthless() {
    // Given a branch with a high score that ends in a worthless step
    MonteCarloTreeSearch search = search(20, 2, 5);
    expand(search, "a", "b", 0.9, 0.1);
    search.accept(Steps.only(search, Need.Propose.class), Steps.proposed("= 3"));
    search.accept(Steps.only(search, Need.Score.class), Steps.scored(0.0));
    // When
    Need.Propose next = Steps.only(search, Need.Propose.class);
    // Then
    assertTrue(search.tree().node(1).isDead());
    assertEquals(List.of("b"), next.steps());
  }

  @Test
  void goesElsewhereAfterAFailureAndComesBack() {
    // Given
    MonteCarloTreeSearch search = search(20, 2, 5);
    expand(search, "a", "b", 0.9, 0.1);
    search.accept(Steps.only(search, Need.Propose.class), new Answer.Failed());
    // When
    Need.Propose second = Steps.only(search, Need.Propose.class);
    search.accept(second, new Answer.Failed());
    Need.Propose third = Steps.only(search, Need.Propose.class);
    // Then
    assertEquals(List.of("b"), second.steps());
    assertEquals(List.of("a"), third.steps());
  }
}
