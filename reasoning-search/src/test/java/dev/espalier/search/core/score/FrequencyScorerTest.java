package dev.espalier.search.core.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.search.core.FreeCalls;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrequencyScorerTest {

  @Test
  void scoresByTheShareOfSamples() {
    Candidate step = new Candidate("2 + 2 = 4", null, 1, false, null);

    List<Double> scores =
        new FrequencyScorer()
            .score(
                "problem",
                new Need.Score(0, 0, List.of(), List.of(step, step), List.of(3, 1)),
                new FreeCalls().context());

    assertEquals(List.of(0.75, 0.25), scores);
  }
}
