package dev.espalier.kg.core.kernels;

/** Sigmoid and hyperbolic tangent without a call per element, on arrays. */
/*
 * tanh x = 2t / (1 + t^2) with t = tanh(x / 2), and t by the [7/6] Pade approximant of the continued
 * fraction of Lambert: t = y (135135 + 17325 y^2 + 378 y^4 + y^6) / (135135 + 62370 y^2 + 3150 y^4 +
 * 28 y^6). Arguments are cut off at 9, where tanh is 1 to float precision; the error stays below
 * 1e-6. The loops have neither branch nor call, so the compiler vectorises them.
 */
public final class Activations {

  private static final float CUT = 9;

  private Activations() {}

  public static float tanh(float x) {
    float y = 0.5f * Math.max(-CUT, Math.min(CUT, x));
    float s = y * y;
    float over = y * (135135f + s * (17325f + s * (378f + s)));
    float under = 135135f + s * (62370f + s * (3150f + s * 28f));
    return 2 * over * under / (under * under + over * over);
  }

  public static float sigmoid(float x) {
    return 0.5f + 0.5f * tanh(0.5f * x);
  }

  /** Replaces {@code x[from .. from + n)} by its hyperbolic tangent. */
  public static void tanh(int n, float[] x, int from) {
    for (int i = from; i < from + n; i++) {
      x[i] = tanh(x[i]);
    }
  }

  /** Replaces {@code x[from .. from + n)} by its sigmoid. */
  public static void sigmoid(int n, float[] x, int from) {
    for (int i = from; i < from + n; i++) {
      x[i] = 0.5f + 0.5f * tanh(0.5f * x[i]);
    }
  }

  /** ln(1 + e^x). */
  public static float softplus(float x) {
    return x > 20 ? x : (float) Math.log1p(Math.exp(x));
  }
}
