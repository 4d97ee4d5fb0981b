package dev.espalier.kg.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The kernels on the vector registers of the processor. */
/*
 * The product keeps a tile of 4 rows by 2 registers of C in registers while it runs over k, so that
 * a step costs 2 loads and 4 broadcasts for 8 fused multiply-adds. Rows and columns that are left
 * over go through narrower tiles; the last columns one by one.
 *
 * One width of registers, of eight lanes at most, and no masks. Eight fit the attention's hidden layer.
 * With a second width the compiler no longer knows the class of a vector in a loop, and on Java 17 a
 * masked store is no single instruction: either makes a product several times as slow.
 */
public final class VectorKernels implements Kernels {

  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 8
          ? FloatVector.SPECIES_256
          : FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

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
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      int at = aFrom + i * aRow;
      int j = 0;
      for (; j + 2 * LANES <= m; j += 2 * LANES) {
        tile4x2(k, m, a, at, aRow, aColumn, b, bFrom + j, c, cFrom + i * m + j, add);
      }
      for (; j + LANES <= m; j += LANES) {
        tile4x1(k, m, a, at, aRow, aColumn, b, bFrom + j, c, cFrom + i * m + j, add);
      }
      for (int row = i; j < m && row < i + 4; row++) {
        rest(
            k, m, m - j, a, aFrom + row * aRow, aColumn, b, bFrom + j, c, cFrom + row * m + j, add);
      }
    }
    for (; i < n; i++) {
      int at = aFrom + i * aRow;
      int j = 0;
      for (; j + LANES <= m; j += LANES) {
        tile1x1(k, m, a, at, aColumn, b, bFrom + j, c, cFrom + i * m + j, add);
      }
      rest(k, m, m - j, a, at, aColumn, b, bFrom + j, c, cFrom + i * m + j, add);
    }
  }

  private static void tile4x2(
      int k,
      int m,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      aAt += aColumn;
      bAt += m;
    }
    store(c00, c, cAt, add);
    store(c01, c, cAt + LANES, add);
    store(c10, c, cAt + m, add);
    store(c11, c, cAt + m + LANES, add);
    store(c20, c, cAt + 2 * m, add);
    store(c21, c, cAt + 2 * m + LANES, add);
    store(c30, c, cAt + 3 * m, add);
    store(c31, c, cAt + 3 * m + LANES, add);
  }

  private static void tile4x1(
      int k,
      int m,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean add) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      c0 = FloatVector.broadcast(SPECIES, a[aAt]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]).fma(b0, c3);
      aAt += aColumn;
      bAt += m;
    }
    store(c0, c, cAt, add);
    store(c1, c, cAt + m, add);
    store(c2, c, cAt + 2 * m, add);
    store(c3, c, cAt + 3 * m, add);
  }

  private static void tile1x1(
      int k,
      int m,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean add) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector row = FloatVector.fromArray(SPECIES, b, bAt);
      sum = FloatVector.broadcast(SPECIES, a[aAt]).fma(row, sum);
      aAt += aColumn;
      bAt += m;
    }
    store(sum, c, cAt, add);
  }

  /** One row of the columns that fill no register. */
  private static void rest(
      int k,
      int m,
      int width,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean add) {
    for (int j = 0; j < width; j++) {
      float sum = add ? c[cAt + j] : 0;
      for (int p = 0; p < k; p++) {
        sum += a[aAt + p * aColumn] * b[bAt + p * m + j];
      }
      c[cAt + j] = sum;
    }
  }

  private static void store(FloatVector sum, float[] c, int at, boolean add) {
    FloatVector all = add ? sum.add(FloatVector.fromArray(SPECIES, c, at)) : sum;
    all.intoArray(c, at);
  }

  @Override
  public float dot(int n, float[] x, int xFrom, float[] y, int yFrom) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector left = FloatVector.fromArray(SPECIES, x, xFrom + i);
      sum = left.fma(FloatVector.fromArray(SPECIES, y, yFrom + i), sum);
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      total += x[xFrom + i] * y[yFrom + i];
    }
    return total;
  }

  @Override
  public float dotSum(int n, float[] x, int xFrom, float[] y, int yFrom, float[] z, int zFrom) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector right =
          FloatVector.fromArray(SPECIES, y, yFrom + i)
              .add(FloatVector.fromArray(SPECIES, z, zFrom + i));
      sum = FloatVector.fromArray(SPECIES, x, xFrom + i).fma(right, sum);
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      total += x[xFrom + i] * (y[yFrom + i] + z[zFrom + i]);
    }
    return total;
  }

  @Override
  public void addScaled(int n, float factor, float[] x, int xFrom, float[] y, int yFrom) {
    FloatVector scale = FloatVector.broadcast(SPECIES, factor);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      scale
          .fma(
              FloatVector.fromArray(SPECIES, x, xFrom + i),
              FloatVector.fromArray(SPECIES, y, yFrom + i))
          .intoArray(y, yFrom + i);
    }
    for (; i < n; i++) {
      y[yFrom + i] += factor * x[xFrom + i];
    }
  }

  @Override
  public void addScaledSum(
      int n, float factor, float[] x, int xFrom, float[] z, int zFrom, float[] y, int yFrom) {
    FloatVector scale = FloatVector.broadcast(SPECIES, factor);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector sum =
          FloatVector.fromArray(SPECIES, x, xFrom + i)
              .add(FloatVector.fromArray(SPECIES, z, zFrom + i));
      scale.fma(sum, FloatVector.fromArray(SPECIES, y, yFrom + i)).intoArray(y, yFrom + i);
    }
    for (; i < n; i++) {
      y[yFrom + i] += factor * (x[xFrom + i] + z[zFrom + i]);
    }
  }

  @Override
  public float rectifiedDot(
      int n, float[] x, int xFrom, float[] y, int yFrom, float[] z, int zFrom) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector positive =
          FloatVector.fromArray(SPECIES, y, yFrom + i)
              .add(FloatVector.fromArray(SPECIES, z, zFrom + i))
              .max(0f);
      sum = FloatVector.fromArray(SPECIES, x, xFrom + i).fma(positive, sum);
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      total += x[xFrom + i] * Math.max(0, y[yFrom + i] + z[zFrom + i]);
    }
    return total;
  }

  @Override
  public void addRows(int n, int width, float[] x, int xFrom, float[] y, int yFrom) {
    int j = 0;
    for (; j + 2 * LANES <= width; j += 2 * LANES) {
      FloatVector left = FloatVector.fromArray(SPECIES, y, yFrom + j);
      FloatVector right = FloatVector.fromArray(SPECIES, y, yFrom + j + LANES);
      int at = xFrom + j;
      for (int i = 0; i < n; i++) {
        left = left.add(FloatVector.fromArray(SPECIES, x, at));
        right = right.add(FloatVector.fromArray(SPECIES, x, at + LANES));
        at += width;
      }
      left.intoArray(y, yFrom + j);
      right.intoArray(y, yFrom + j + LANES);
    }
    for (; j < width; j++) {
      float sum = y[yFrom + j];
      for (int i = 0; i < n; i++) {
        sum += x[xFrom + i * width + j];
      }
      y[yFrom + j] = sum;
    }
  }
}
