package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.claims.Givens;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.compare.StepComparison;
import dev.espalier.equivalence.core.compare.StepEncoder;
import java.util.Optional;

/**
 * A labelled pair that has been read.
 *
 * @param cosine of the encoder, computed for every pair so that the models can be compared
 * @param features empty where the cascade decides before the combiner
 */
record Example(
    LabelledPair pair,
    Givens givens,
    StepReading a,
    StepReading b,
    double cosine,
    Optional<double[]> features) {

  static Example of(LabelledPair pair, StepEncoder encoder) {
    Givens givens = Givens.of(pair.problem(), pair.prefix());
    StepReading a = StepReading.of(pair.a(), givens);
    StepReading b = StepReading.of(pair.b(), givens);
    double cosine = dot(encoder.encode(a.encodedText()), encoder.encode(b.encodedText()));
    return new Example(
        pair, givens, a, b, cosine, StepComparison.features(a, b, givens.words(), () -> cosine));
  }

  private static double dot(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
