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
    List<Ranked> ranked = rank(new Stem(new int[] {1}, new int[] {2}));

    double idf = Math.log(1 + (5 - 2 + 0.5) / (2 + 0.5));
    double expected = idf * 2 * 2.2 / (2 + 1.2);
    assertEquals(List.of(new Ranked(2, expected), new Ranked(1, expected)), ranked);
  }

  @Test
  void findsTheTurnsBesideTheOneThatHoldsTheWord() {
    List<Ranked> ranked = rank(new Stem(new int[] {3}, new int[] {1}));

    assertEquals(List.of(4L, 3L, 2L), ranked.stream().map(Ranked::seq).toList());
  }

  @Test
  void addsUpTheOccurrencesInAWindow() {
    List<Ranked> ranked = rank(new Stem(new int[] {2, 4}, new int[] {1, 1}));

    assertEquals(3, ranked.get(0).seq());
  }

  @Test
  void prefersTheRareWord() {
    List<Ranked> ranked =
        rank(new Stem(new int[] {1, 2}, new int[] {1, 1}), new Stem(new int[] {5}, new int[] {1}));

    assertEquals(5, ranked.get(0).seq());
  }

  @Test
  void prefersTheShorterWindow() {
    List<Ranked> ranked =
        WindowedBm25.rank(
            found(new int[] {9, 2, 9, 9, 9}, new Stem(new int[] {3}, new int[] {1})), 10, null);

    assertEquals(2, ranked.get(0).seq());
  }

  @Test
  void returnsNoMoreThanAskedAndAllowed() {
    Stem everywhere = new Stem(new int[] {1, 2, 3, 4, 5}, new int[] {1, 1, 1, 1, 1});

    assertEquals(2, WindowedBm25.rank(found(EQUAL_LENGTHS, everywhere), 2, null).size());
    assertEquals(
        List.of(5L),
        WindowedBm25.rank(found(EQUAL_LENGTHS, everywhere), 9, new SeqSet(5, 6)).stream()
            .map(Ranked::seq)
            .toList());
  }

  @Test
  void weighsAWordThatIsEverywhereAboveNothing() {
    Stem everywhere = new Stem(new int[] {1, 2, 3, 4, 5}, new int[] {1, 1, 1, 1, 1});

    assertTrue(
        WindowedBm25.rank(found(EQUAL_LENGTHS, everywhere), 9, null).stream()
            .allMatch(hit -> hit.score() > 0));
  }

  private static List<Ranked> rank(Stem... stems) {
    return WindowedBm25.rank(found(EQUAL_LENGTHS, stems), 10, null);
  }

  @Test
  void passesByTheWordsOfSilentTurns() {
    Stem stem = new Stem(new int[] {1, 4}, new int[] {1, 1});

    List<Ranked> ranked =
        WindowedBm25.rank(
            new Postings.Found(List.of(stem), EQUAL_LENGTHS, new SeqSet(4)), 10, null);

    assertEquals(List.of(2L, 1L), ranked.stream().map(Ranked::seq).toList());
  }

  @Test
  void leavesOutPostingsOfTurnsThatCameMeanwhile() {
    List<Ranked> ranked = rank(new Stem(new int[] {2, 6, 7}, new int[] {1, 1, 1}));

    assertEquals(List.of(3L, 2L, 1L), ranked.stream().map(Ranked::seq).toList());
  }

  private static Postings.Found found(int[] lengths, Stem... stems) {
    return new Postings.Found(List.of(stems), lengths, null);
  }
}
