package dev.espalier.memory.evaluation.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceRecallTest {

  @Test
  void countsTheEvidenceAmongTheFirstHits() {
    List<Long> ranking = List.of(7L, 3L, 9L, 4L);

    assertEquals(50, EvidenceRecall.at(2, Set.of(3L, 4L), ranking));
    assertEquals(100, EvidenceRecall.at(50, Set.of(3L, 4L), ranking));
    assertEquals(0, EvidenceRecall.at(50, Set.of(5L), ranking));
  }

  @Test
  void hasACeilingBelowAllWhenThereIsMoreEvidenceThanHits() {
    assertEquals(50, EvidenceRecall.ceiling(2, Set.of(1L, 2L, 3L, 4L)));
    assertEquals(100, EvidenceRecall.ceiling(5, Set.of(1L)));
  }
}
