package dev.espalier.search.evaluation.game24;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.maths.Rational;
import dev.espalier.search.core.arithmetic.ArithmeticProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PuzzlesTest {

  @Test
  void makesDifferentSolvablePuzzles() {
    List<String> puzzles = Puzzles.make(50, 3, Set.of());

    assertEquals(50, new HashSet<>(puzzles).size());
    assertTrue(puzzles.stream().allMatch(text -> ArithmeticProblem.parse(text).isPresent()));
    assertEquals(puzzles, Puzzles.make(50, 3, Set.of()));
  }

  @Test
  void leavesOutWhatIsKeptForTheReport() {
    Set<String> report = Set.copyOf(Puzzles.make(200, 1, Set.of()));

    List<String> others = Puzzles.make(200, 1, report);

    assertTrue(others.stream().noneMatch(report::contains));
    assertThrows(IllegalArgumentException.class, () -> Puzzles.make(1163, 1, report));
  }

  @Test
  void knowsWhatCanBeReached() {
    assertTrue(Reachability.makes(numbers(8, 3, 8, 3), Rational.of(24)));
    assertFalse(Reachability.makes(numbers(1, 1, 1, 1), Rational.of(24)));
  }

  private static List<Rational> numbers(long... numbers) {
    return LongStream.of(numbers).mapToObj(Rational::of).toList();
  }
}
