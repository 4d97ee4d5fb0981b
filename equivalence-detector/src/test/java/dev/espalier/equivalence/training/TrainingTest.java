package dev.espalier.equivalence.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.compare.LogisticModel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingTest {

  @Test
  void learnsWhichFeatureMatters() {
    Random random = new Random(3);
    double[][] rows = new double[400][2];
    boolean[] labels = new boolean[400];
    double[] weights = new double[400];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {random.nextDouble(), random.nextDouble()};
      labels[i] = rows[i][0] > 0.5;
      weights[i] = 1;
    }

    LogisticModel model = new LogisticTrainer(1).train(rows, labels, weights, new int[] {1, -1});

    assertTrue(model.probability(new double[] {0.9, 0.5}) > 0.9);
    assertTrue(model.probability(new double[] {0.1, 0.5}) < 0.1);
    assertTrue(model.weights().get(1) <= 0);
  }

  @Test
  void measuresPrecisionRecallAndF1() {
    Quality quality =
        Quality.at(
            0.5,
            List.of(
                new Quality.Scored("p", true, 0.9),
                new Quality.Scored("q", true, 0.4),
                new Quality.Scored("r", false, 0.8),
                new Quality.Scored("s", false, 0.1)),
            1);

    assertEquals(0.5, quality.precision().value());
    assertEquals(0.5, quality.recall().value());
    assertEquals(0.5, quality.f1().value());
  }

  @Test
  void labelsSyntheticEditsByTheirEffect() {
    LabelledPair original =
        new LabelledPair("d", "test", "p", List.of(), "He buys 2 * 3 = 6 apples.", "x", true, 1);

    List<LabelledPair> edits = new SyntheticEdits(1, 0.5).of(List.of(original));

    assertTrue(edits.stream().anyMatch(e -> e.equivalent() && e.b().contains("3 * 2 = 6")));
    assertTrue(edits.stream().anyMatch(e -> !e.equivalent()));
    assertFalse(edits.stream().anyMatch(e -> e.b().equals(e.a())));
  }

  @Test
  void givesBothLabelsOfTheInventedPairsTheSameWeight() {
    double equivalent = weight(true);
    double different = weight(false);

    assertEquals(equivalent, different, 1e-6);
  }

  @Test
  void shipsAnArtefactThatFitsItsCodeAndSaysWhereItComesFrom() {
    DetectorArtefact artefact = DetectorArtefact.shipped();

    artefact.combiner();
    assertTrue(artefact.provenance().containsKey("pairs"));
    assertTrue(
        artefact.measured().path("at_default").path("precision").path("value").asDouble() > 0.9);
  }

  private static double weight(boolean equivalent) {
    return InventedClasses.pairs().stream()
        .filter(p -> p.equivalent() == equivalent)
        .mapToDouble(LabelledPair::weight)
        .sum();
  }
}
