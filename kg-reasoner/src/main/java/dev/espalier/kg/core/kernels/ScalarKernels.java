package dev.espalier.kg.core.kernels;

import java.util.Arrays;

/** Plain loops; the compiler turns those without a reduction into vector code. */
public final class ScalarKernels implements Kernels {

  @Override
  public void multiply(
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
      boolean add) {
    for (int i = 0; i < n; i++) {
      int row = cFrom + i * m;
      if (!add) {
        Arrays.fill(c, row, row + m, 0);
      }
      for (int p = 0; p < k; p++) {
        addScaled(m, a[aFrom + i * aRow + p * aColumn], b, bFrom + p * m, c, row);
      }
    }
  }

  @Override
  public float dot(int n, float[] x, int xFrom, float[] y, int yFrom) {
    float even = 0;
    float odd = 0;
    int i = 0;
    for (; i + 2 <= n; i += 2) {
      even += x[xFrom + i] * y[yFrom + i];
      odd += x[xFrom + i + 1] * y[yFrom + i + 1];
    }
    return i < n ? even + odd + x[xFrom + i] * y[yFrom + i] : even + odd;
  }

  @Override
  public float dotSum(int n, float[] x, int xFrom, float[] y, int yFrom, float[] z, int zFrom) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xFrom + i] * (y[yFrom + i] + z[zFrom + i]);
    }
    return sum;
  }

  @Override
  public void addScaled(int n, float factor, float[] x, int xFrom, float[] y, int yFrom) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] += factor * x[xFrom + i];
    }
  }

  @Override
  public void addScaledSum(
      int n, float factor, float[] x, int xFrom, float[] z, int zFrom, float[] y, int yFrom) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] += factor * (x[xFrom + i] + z[zFrom + i]);
    }
  }

  @Override
  public float rectifiedDot(
      int n, float[] x, int xFrom, float[] y, int yFrom, float[] z, int zFrom) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xFrom + i] * Math.max(0, y[yFrom + i] + z[zFrom + i]);
    }
    return sum;
  }

  @Override
  public void addRows(int n, int width, float[] x, int xFrom, float[] y, int yFrom) {
    for (int i = 0; i < n; i++) {
      addScaled(width, 1, x, xFrom + i * width, y, yFrom);
    }
  }
}
