package dev.espalier.memory.core.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.memory.core.summary.Abstractor.Excerpt;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroundingTest {

  private final Grounding grounding =
      new Grounding(
          List.of(
              new Excerpt(List.of(1L), "Ana: My sister moved to Lisbon on 4 May."),
              new Excerpt(List.of(2L, 9L), "Bo: The bakery closed.")));

  @Test
  void keepsWhatTheCitedTurnsSpeakForWithAllTheirTurns() {
    assertEquals(
        List.of(new Sentence("The bakery has closed.", List.of(2L, 9L))),
        grounding.kept(List.of(fact("The bakery has closed.", 2L))));
  }

  @Test
  void dropsWhatWasMadeUpOrCitedWrongly() {
    assertEquals(
        List.of(),
        grounding.kept(
            List.of(
                fact("Ana adopted three kittens yesterday.", 1L),
                fact("The bakery closed.", 1L),
                fact("The bakery closed.", 7L),
                fact("Ana's sister moved to Lisbon on 14 May.", 1L),
                fact("...", 1L))));
  }

  private static Sentence fact(String text, long from) {
    return new Sentence(text, List.of(from));
  }
}
