package dev.espalier.kg.core.train;

/** Adam (Kingma and Ba 2015, algorithm 1), with an L2 penalty in the gradient. */
final class Adam {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private Adam() {}

  /**
   * One step.
   *
   * @param step from 1
   */
  static void step(
      float[] values,
      float[] gradient,
      float[] first,
      float[] second,
      long step,
      double rate,
      double penalty) {
    double root = Math.sqrt(1 - Math.pow(BETA2, step));
    float scaled = (float) (rate * root / (1 - Math.pow(BETA1, step)));
    float epsilon = (float) (EPSILON * root);
    float l2 = (float) penalty;
    for (int i = 0; i < values.length; i++) {
      float g = gradient[i] + l2 * values[i];
      first[i] = BETA1 * first[i] + (1 - BETA1) * g;
      second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
      values[i] -= scaled * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
    }
  }
}
