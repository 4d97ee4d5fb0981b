package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.core.Postings.Stem;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedBm25Test {

  private static final int[] EQUAL_LENGTHS = {9, 9, 9, 9, 9};

  @Test
  void scoresAsTheFormulaSays() {
    List<Ranked> ranked = rank(new Stem(new long[] {1}, new int[] {2}));

    double idf = Math.log(1 + (5 - 2 + 0.5) / (2 + 0.5));
    double expected = idf * 2 * 2.2 / (2 + 1.2);
    assertEquals(List.of(new Ranked(2, expected), new Ranked(1, expected)), ranked);
  }

  @Test
  void findsTheTurnsBesideTheOneThatHoldsTheWord() {
    List<Ranked> ranked = rank(new Stem(new long[] {3}, new int[] {1}));

    assertEquals(List.of(4L, 3L, 2L), ranked.stream().map(Ranked::seq).toList());
  }

  @Test
  void addsUpTheOccurrencesInAWindow() {
    List<Ranked> ranked = rank(new Stem(new long[] {2, 4}, new int[] {1, 1}));

    assertEquals(3, ranked.get(0).seq());
  }

  @Test
  void prefersTheRareWord() {
    List<Ranked> ranked =
        rank(
            new Stem(new long[] {1, 2}, new int[] {1, 1}), new Stem(new long[] {5}, new int[] {1}));

    assertEquals(5, ranked.get(0).seq());
  }

  @Test
  void prefersTheShorterWindow() {
    List<Ranked> ranked =
        WindowedBm25.rank(
            List.of(new Stem(new long[] {3}, new int[] {1})), new int[] {9, 2, 9, 9, 9}, 10, null);

    assertEquals(2, ranked.get(0).seq());
  }

  @Test
  void returnsNoMoreThanAskedAndAllowed() {
    Stem everywhere = new Stem(new long[] {1, 2, 3, 4, 5}, new int[] {1, 1, 1, 1, 1});

    assertEquals(2, WindowedBm25.rank(List.of(everywhere), EQUAL_LENGTHS, 2, null).size());
    assertEquals(
        List.of(5L),
        WindowedBm25.rank(List.of(everywhere), EQUAL_LENGTHS, 9, new SeqSet(5, 6)).stream()
            .map(Ranked::seq)
            .toList());
  }

  @Test
  void weighsAWordThatIsEverywhereAboveNothing() {
    Stem everywhere = new Stem(new long[] {1, 2, 3, 4, 5}, new int[] {1, 1, 1, 1, 1});

    assertTrue(
        WindowedBm25.rank(List.of(everywhere), EQUAL_LENGTHS, 9, null).stream()
            .allMatch(hit -> hit.score() > 0));
  }

  private static List<Ranked> rank(Stem... stems) {
    return WindowedBm25.rank(List.of(stems), EQUAL_LENGTHS, 10, null);
  }
}
