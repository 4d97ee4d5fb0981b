package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.compare.Combiner;
import dev.espalier.equivalence.core.compare.LogisticModel;
import dev.espalier.equivalence.core.compare.PairFeatures;
import java.util.List;

/**
 * Trains both models of the combiner on the pairs that the cascade leaves to it.
 *
 * @param penalty of the logistic regression
 * @param threshold the default threshold that the combiner carries
 * @param encoderFrom the probability from which the encoder is asked
 */
record CombinerTrainer(double penalty, double threshold, double encoderFrom) {

  Combiner train(List<Example> examples) {
    List<Example> undecided = examples.stream().filter(e -> e.features().isPresent()).toList();
    return new Combiner(
        model(undecided, PairFeatures.WITHOUT_ENCODER),
        model(undecided, PairFeatures.ALL.size()),
        threshold,
        encoderFrom);
  }

  private LogisticModel model(List<Example> examples, int features) {
    double[][] rows = new double[examples.size()][];
    boolean[] labels = new boolean[rows.length];
    double[] weights = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = examples.get(i).features().orElseThrow();
      labels[i] = examples.get(i).pair().equivalent();
      weights[i] = examples.get(i).pair().weight();
    }
    return new LogisticTrainer(penalty).train(rows, labels, weights, PairFeatures.signs(features));
  }
}
