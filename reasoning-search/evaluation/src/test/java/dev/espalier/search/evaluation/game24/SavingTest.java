package dev.espalier.search.evaluation.game24;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.arithmetic.Habits;
import dev.espalier.search.evaluation.arms.Arm;
import dev.espalier.search.evaluation.arms.DetectorGrouper;
import dev.espalier.search.evaluation.arms.Experiment;
import dev.espalier.search.evaluation.arms.Outcome;
import dev.espalier.search.evaluation.arms.Report;
import dev.espalier.search.evaluation.arms.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SavingTest {

  private static final long SEED = 1;
  private static final float[] NO_VECTOR = {};
  private static final Arm ORACLE = Arm.oracle(new StateGrouper());

  @Test
  void mergingSavesTokensAndSolvesAsMuch() {
    // Given
    Experiment experiment = Game24Benchmark.experiment(60, 10, SEED);
    Report report = new Report(Map.of(), SEED);

    // When
    for (Arm arm : List.of(Arm.NONE, Arm.VERBATIM, ORACLE)) {
      report.add(arm, experiment.run(arm, tasks(100)));
    }

    // Then
    report.print(System.out);
    assertTrue(report.ratio(ORACLE, Arm.VERBATIM).mean() < 0.85);
    assertTrue(report.ratio(ORACLE, Arm.NONE).mean() < 0.85);
    assertTrue(report.gain(ORACLE, Arm.VERBATIM).mean() > -0.1);
  }

  @Test
  void theDetectorMergesWhatExactArithmeticDoes() {
    Arm equivalence = Arm.equivalence(new DetectorGrouper(text -> NO_VECTOR));
    Experiment shallow = Game24Benchmark.experiment(1, 10, SEED);

    double unmerged = nodes(shallow.run(Arm.NONE, tasks(16)));
    double exact = nodes(shallow.run(ORACLE, tasks(16)));
    double detected = nodes(shallow.run(equivalence, tasks(16)));

    System.out.printf(
        "nodes: %.0f, exactly merged %.0f, by the detector %.0f%n", unmerged, exact, detected);
    assertTrue(exact < 0.8 * unmerged);
    assertEquals(1, detected / exact, 0.1);
  }

  @Test
  void theSameSeedGivesTheSameSearch() {
    Experiment experiment = Game24Benchmark.experiment(60, 10, SEED);

    assertEquals(
        experiment.run(Arm.VERBATIM, tasks(2)).stream().map(Outcome::tokens).toList(),
        experiment.run(Arm.VERBATIM, tasks(2)).stream().map(Outcome::tokens).toList());
  }

  private static List<Task> tasks(int count) {
    return Game24Benchmark.tasks(
        Puzzles.make(count, SEED, Set.of()), Habits.RECORDED.repeating(0.4));
  }

  private static double nodes(List<Outcome> outcomes) {
    return outcomes.stream().mapToInt(Outcome::nodes).sum();
  }
}
