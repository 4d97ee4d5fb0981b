package dev.espalier.equivalence.core;

import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.compare.StepEncoder;
import java.util.HashMap;
import java.util.Map;

/** Vectors of one call: every step is encoded at most once, and only when a pair needs it. */
final class EncoderMemory {

  private final StepEncoder encoder;
  private final Map<String, float[]> vectors = new HashMap<>();

  EncoderMemory(StepEncoder encoder) {
    this.encoder = encoder;
  }

  /** The cosine similarity, or NaN where there is no encoder. */
  double cosine(StepReading a, StepReading b) {
    float[] x = vector(a);
    float[] y = vector(b);
    if (x.length == 0 || y.length == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  int calls() {
    return vectors.size();
  }

  private float[] vector(StepReading step) {
    return vectors.computeIfAbsent(step.encodedText(), encoder::encode);
  }
}
