package dev.espalier.search.evaluation.game24;

import dev.espalier.maths.Rational;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes puzzles: four cards of 1 to 13 out of which 24 can be made. */
final class Puzzles {

  private static final int HIGHEST = 13;

  /** How many can be solved. */
  private static final int EXISTING = 1362;

  private static final Rational TARGET = Rational.of(24);

  private Puzzles() {}

  /**
   * So many different ones, the same for the same seed.
   *
   * @param without what none of them may be
   */
  static List<String> make(int count, long seed, Set<String> without) {
    if (count > EXISTING - without.size()) {
      throw new IllegalArgumentException("only " + EXISTING + " puzzles can be solved");
    }
    Random random = new Random(seed);
    Set<String> puzzles = new LinkedHashSet<>();
    while (puzzles.size() < count) {
      List<Integer> cards = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        cards.add(1 + random.nextInt(HIGHEST));
      }
      cards.sort(null);
      String puzzle = text(cards);
      if (!without.contains(puzzle)
          && Reachability.makes(cards.stream().map(Rational::of).toList(), TARGET)) {
        puzzles.add(puzzle);
      }
    }
    return List.copyOf(puzzles);
  }

  private static String text(List<Integer> cards) {
    return "Use "
        + cards.stream().map(String::valueOf).collect(Collectors.joining(" "))
        + " to make 24";
  }
}
