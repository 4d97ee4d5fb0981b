package dev.espalier.kg.core.kernels;

/**
 * The dense arithmetic of the model, on parts of row-major arrays. Implementations hold no state.
 */
public interface Kernels {

  /**
   * C (+)= A B, where A is n x k with any strides, B is k x m and C is n x m, both row-major.
   *
   * @param a A(i, p) is {@code a[aFrom + i * aRow + p * aColumn]}
   * @param add to C rather than overwrite it
   */
  void multiply(
      int n,
      int k,
      int m,
      float[] a,
      int aFrom,
      int aRow,
      int aColumn,
      float[] b,
      int bFrom,
      float[] c,
      int cFrom,
      boolean add);

  /** The inner product of {@code x[xFrom ..]} and {@code y[yFrom ..]}. */
  float dot(int n, float[] x, int xFrom, float[] y, int yFrom);

  /** The inner product of {@code x} with the sum of {@code y} and {@code z}. */
  float dotSum(int n, float[] x, int xFrom, float[] y, int yFrom, float[] z, int zFrom);

  /** The inner product of {@code x} with ReLU(y + z): an attention logit of the model. */
  float rectifiedDot(int n, float[] x, int xFrom, float[] y, int yFrom, float[] z, int zFrom);

  /** {@code y += factor * x}. */
  void addScaled(int n, float factor, float[] x, int xFrom, float[] y, int yFrom);

  /** Adds n rows of x to the one row y. */
  void addRows(int n, int width, float[] x, int xFrom, float[] y, int yFrom);

  /** {@code y += factor * (x + z)}: a message of the model. */
  void addScaledSum(
      int n, float factor, float[] x, int xFrom, float[] z, int zFrom, float[] y, int yFrom);

  /** The vector kernels where the running JVM offers the incubator module, else the scalar ones. */
  static Kernels best() {
    boolean offered = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return offered ? new VectorKernels() : new ScalarKernels();
  }
}
