package dev.espalier.equivalence.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.equivalence.Detectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Two steps of a Game of 24 are equivalent exactly when the same numbers are left. */
class Game24Properties {

  @Property(tries = 300)
  void decidesByTheNumbersThatAreLeft(
      @ForAll @IntRange(min = 1, max = 13) int a,
      @ForAll @IntRange(min = 1, max = 13) int b,
      @ForAll @IntRange(min = 1, max = 4) int c,
      @ForAll @IntRange(min = 1, max = 4) int d,
      @ForAll long seed) {
    List<Integer> one = new ArrayList<>(List.of(a + b, c, d));
    List<Integer> other = new ArrayList<>(List.of(b * c, a, d));
    Collections.shuffle(one, new Random(seed));
    boolean same = one.stream().sorted().toList().equals(other.stream().sorted().toList());

    assertEquals(
        same,
        Detectors.compare(
                "Use the numbers to make 24.",
                "%d + %d = %d (left: %s)".formatted(a, b, a + b, text(one)),
                "%d * %d = %d (left: %s)".formatted(b, c, b * c, text(other)))
            .isEquivalent());
  }

  private static String text(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
