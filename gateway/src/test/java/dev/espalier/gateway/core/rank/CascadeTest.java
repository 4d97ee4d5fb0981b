package dev.espalier.gateway.core.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CascadeTest {

  private static final float[] QUERY = {1, 0};
  private static final float[] ALIKE = {1, 0};
  private static final float[] UNLIKE = {0, 1};

  @Test
  void putsSharedWordsFirst() {
    double[] scores = Bm25.scores("red fox", List.of("a blue dog", "the red fox", "a red dog"));

    assertEquals(0, scores[0]);
    assertTrue(scores[1] > scores[2] && scores[2] > 0);
  }

  @Test
  void liftsWhatMeansTheSameInOtherWords() {
    Cascade cascade = new Cascade("red fox", List.of("a blue dog", "scarlet vixen"));

    List<Cascade.Ranked> ranked = cascade.rank(QUERY, List.of(UNLIKE, ALIKE));

    assertEquals(1, ranked.get(0).index());
    assertEquals(0.5, ranked.get(0).score(), 1e-9);
    assertEquals(0, ranked.get(1).score());
  }

  @Test
  void comparesNoMoreVectorsThanItSays() {
    Cascade cascade = new Cascade("fox", Collections.nCopies(200, "the fox"));

    assertEquals(Cascade.EMBEDDED, cascade.candidates().size());
    assertEquals(200, cascade.rank(QUERY, Collections.nCopies(Cascade.EMBEDDED, ALIKE)).size());
  }
}
