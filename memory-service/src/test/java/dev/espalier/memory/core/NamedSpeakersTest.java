package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedSpeakersTest {

  private static final Map<Long, String> TWO = Map.of(1L, "Bo", 2L, "Ana Lopez", 3L, "Bob");

  private static final List<Ranked> COSINES =
      List.of(new Ranked(1, 0.82), new Ranked(2, 0.81), new Ranked(3, 0.75));

  @Test
  void putsWhatTheNamedOneSaidFirst() {
    NamedSpeakers named = NamedSpeakers.in("What is ANA's dog called?", TWO);

    assertEquals(List.of(2L, 1L, 3L), seqs(named.amongCosines(COSINES)));
    assertEquals(0.84, named.amongCosines(COSINES).get(0).score(), 1e-9);
    assertEquals(
        List.of(2L, 1L), seqs(named.amongBm25(List.of(new Ranked(1, 12), new Ranked(2, 10)))));
  }

  @Test
  void keepsWhatIsFarBetterFirst() {
    NamedSpeakers named = NamedSpeakers.in("Where does Bob live?", TWO);

    assertEquals(List.of(1L, 2L, 3L), seqs(named.amongCosines(COSINES)));
  }

  @Test
  void prefersNobodyWhenNoneOrAllAreNamed() {
    assertEquals(COSINES, NamedSpeakers.in("Who has a dog?", TWO).amongCosines(COSINES));
    assertEquals(
        COSINES,
        NamedSpeakers.in("Did Ana meet Bob?", Map.of(2L, "Ana", 3L, "Bob")).amongCosines(COSINES));
    assertEquals(COSINES, NamedSpeakers.in("Ana?", Map.of()).amongCosines(COSINES));
  }

  @Test
  void takesNoEverydayWordAndNoPartOfAWordForAName() {
    Map<Long, String> speakers = Map.of(1L, "Cy", 2L, "Will", 3L, "Pat");

    assertEquals(
        COSINES, NamedSpeakers.in("Will the pattern fit?", speakers).amongCosines(COSINES));
  }

  private static List<Long> seqs(List<Ranked> ranking) {
    return ranking.stream().map(Ranked::seq).toList();
  }
}
