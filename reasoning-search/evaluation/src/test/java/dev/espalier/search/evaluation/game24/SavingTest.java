package dev.espalier.search.evaluation.game24;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.arithmetic.Habits;
import dev.espalier.search.evaluation.arms.Arm;
import dev.espalier.search.evaluation.arms.DetectorGrouper;
import dev.espalier.search.evaluation.arms.Experiment;
import dev.espalier.search.evaluation.arms.Report;
import dev.espalier.search.evaluation.arms.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavingTest {

  private static final long SEED = 1;
  private static final float[] NO_VECTOR = {};

  private final List<Task> tasks =
      Game24Benchmark.tasks(Puzzles.make(24, SEED), Habits.RECORDED.repeating(0.4));
  private final Experiment experiment = Game24Benchmark.experiment(60, 10, SEED);

  @Test
  void equivalenceSavesTokensAndSolvesAsMuch() {
    // Given
    Arm equivalence = Arm.equivalence(new DetectorGrouper(text -> NO_VECTOR));
    Report report = new Report(Map.of(), SEED);

    // When
    for (Arm arm : List.of(Arm.NONE, Arm.VERBATIM, equivalence)) {
      report.add(arm, experiment.run(arm, tasks));
    }

    // Then
    report.print(System.out);
    assertTrue(report.ratio(equivalence, Arm.VERBATIM).mean() < 0.8);
    assertTrue(report.ratio(equivalence, Arm.NONE).mean() < 0.8);
    assertTrue(report.gain(equivalence, Arm.VERBATIM).mean() > -0.1);
  }

  @Test
  void theSameSeedGivesTheSameSearch() {
    List<Task> few = tasks.subList(0, 2);

    assertEquals(
        experiment.run(Arm.VERBATIM, few).stream().map(o -> o.tokens()).toList(),
        experiment.run(Arm.VERBATIM, few).stream().map(o -> o.tokens()).toList());
  }
}
