package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.memory.core.ReciprocalRankFusion.Fused;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReciprocalRankFusionTest {

  @Test
  void putsWhatBothIndexesFindBeforeWhatOneFinds() {
    List<Fused> fused =
        ReciprocalRankFusion.fuse(Map.of("dense", ranking(7, 5), "lexical", ranking(9, 5)));

    assertEquals(List.of(5L, 9L, 7L), fused.stream().map(Fused::seq).toList());
  }

  @Test
  void explainsAScoreAsTheSumOfItsParts() {
    List<Fused> fused =
        ReciprocalRankFusion.fuse(Map.of("dense", ranking(7, 5), "lexical", ranking(9, 5)));

    Fused first = fused.get(0);
    assertEquals(2, first.parts().get("dense").rank());
    assertEquals(1 / 12.0, first.parts().get("dense").contribution());
    assertEquals(1 / 12.0 + 1 / 12.0, first.score());
  }

  @Test
  void breaksTiesInFavourOfTheNewerTurn() {
    List<Fused> fused =
        ReciprocalRankFusion.fuse(Map.of("dense", ranking(3), "lexical", ranking(8)));

    assertEquals(List.of(8L, 3L), fused.stream().map(Fused::seq).toList());
  }

  private static List<Ranked> ranking(long... seqs) {
    return Arrays.stream(seqs).mapToObj(seq -> new Ranked(seq, 1.0 / seq)).toList();
  }
}
