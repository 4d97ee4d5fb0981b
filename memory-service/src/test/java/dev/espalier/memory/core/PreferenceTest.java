package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreferenceTest {

  private static final LocalDate MAY = LocalDate.of(2023, 5, 8);
  private static final LocalDate JUNE = LocalDate.of(2023, 6, 20);

  private static final Map<Long, Occasion> OCCASIONS =
      Map.of(
          1L, new Occasion("Bo", MAY),
          2L, new Occasion("Ana Lopez", MAY),
          3L, new Occasion("Bob", JUNE));

  private static final List<Ranked> COSINES =
      List.of(new Ranked(1, 0.82), new Ranked(2, 0.81), new Ranked(3, 0.715));

  @Test
  void putsWhatTheNamedOneSaidFirst() {
    Preference preference = new Preference("What is ANA's dog called?", OCCASIONS);

    assertEquals(List.of(2L, 1L, 3L), seqs(preference.amongCosines(COSINES)));
    assertEquals(0.86, preference.amongCosines(COSINES).get(0).score(), 1e-9);
    assertEquals(
        List.of(2L, 1L), seqs(preference.amongBm25(List.of(new Ranked(1, 12), new Ranked(2, 10)))));
  }

  @Test
  void putsWhatWasSaidThenFirst() {
    assertEquals(List.of(1L, 2L, 3L), order("What happened in June?"));
    assertEquals(List.of(1L, 3L, 2L), order("What did they do on 20 June?"));
    assertEquals(List.of(3L, 1L, 2L), order("What did Bob do on 20 June?"));
  }

  @Test
  void prefersNobodyWhenNoneOrAllAreNamed() {
    assertEquals(COSINES, new Preference("Who has a dog?", OCCASIONS).amongCosines(COSINES));
    assertEquals(
        COSINES,
        new Preference(
                "Did Ana meet Bob?",
                Map.of(2L, new Occasion("Ana", MAY), 3L, new Occasion("Bob", MAY)))
            .amongCosines(COSINES));
    assertEquals(COSINES, new Preference("Ana?", Map.of()).amongCosines(COSINES));
    assertEquals(
        COSINES, new Preference("Ana?", Map.of(1L, new Occasion(null, MAY))).amongCosines(COSINES));
  }

  @Test
  void takesNoEverydayWordAndNoPartOfAWordForAName() {
    Map<Long, Occasion> occasions =
        Map.of(
            1L, new Occasion("Cy", MAY),
            2L, new Occasion("Will", MAY),
            3L, new Occasion("Pat", MAY));

    assertEquals(COSINES, new Preference("Will the pattern fit?", occasions).amongCosines(COSINES));
  }

  private static List<Long> order(String question) {
    return seqs(new Preference(question, OCCASIONS).amongCosines(COSINES));
  }

  private static List<Long> seqs(List<Ranked> ranking) {
    return ranking.stream().map(Ranked::seq).toList();
  }
}
