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
  private static final Rational TARGET = Rational.of(24);

  private Puzzles() {}

  /** So many different ones, the same for the same seed; at most 1,362 exist. */
  static List<String> make(int count, long seed) {
    Random random = new Random(seed);
    Set<List<Integer>> cards = new LinkedHashSet<>();
    while (cards.size() < count) {
      List<Integer> drawn = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        drawn.add(1 + random.nextInt(HIGHEST));
      }
      drawn.sort(null);
      if (Reachability.makes(drawn.stream().map(Rational::of).toList(), TARGET)) {
        cards.add(drawn);
      }
    }
    return cards.stream()
        .map(
            drawn ->
                "Use "
                    + drawn.stream().map(String::valueOf).collect(Collectors.joining(" "))
                    + " to make 24")
        .toList();
  }
}
