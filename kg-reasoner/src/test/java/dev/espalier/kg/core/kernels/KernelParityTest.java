package dev.espalier.kg.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelParityTest {

  private static final long SEED = 11;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels();

  @Test
  void vectorKernelsAreUsedWhereTheModuleIsThere() {
    assertInstanceOf(VectorKernels.class, Kernels.best());
  }

  @Test
  void productsAgreeForEverySizeAndStride() {
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(13);
      int k = 1 + random.nextInt(40);
      int m = 1 + random.nextInt(70);
      boolean transposed = random.nextBoolean();
      boolean add = random.nextBoolean();
      float[] a = floats(n * k + 3);
      float[] b = floats(k * m + 2);
      float[] expected = floats(n * m + 1);
      float[] actual = expected.clone();
      int row = transposed ? 1 : k;
      int column = transposed ? n : 1;

      scalar.multiply(n, k, m, a, 3, row, column, b, 2, expected, 1, add);
      vector.multiply(n, k, m, a, 3, row, column, b, 2, actual, 1, add);

      assertArrayEquals(expected, actual, 1e-3f, "seed " + SEED + ", round " + round);
    }
  }

  @Test
  void innerProductsAndSumsAgree() {
    for (int n = 1; n < 70; n++) {
      float[] x = floats(n + 1);
      float[] y = floats(n + 2);
      float[] z = floats(n + 3);
      float[] expected = y.clone();
      float[] actual = y.clone();
      String message = "seed " + SEED + ", n " + n;

      assertEquals(scalar.dot(n, x, 1, y, 2), vector.dot(n, x, 1, y, 2), 1e-4f, message);
      assertEquals(
          scalar.dotSum(n, x, 1, y, 2, z, 3), vector.dotSum(n, x, 1, y, 2, z, 3), 1e-4f, message);
      assertEquals(
          scalar.rectifiedDot(n, x, 1, y, 2, z, 3),
          vector.rectifiedDot(n, x, 1, y, 2, z, 3),
          1e-4f,
          message);
      scalar.addScaled(n, .7f, x, 1, expected, 2);
      vector.addScaled(n, .7f, x, 1, actual, 2);
      scalar.addScaledSum(n, -.3f, x, 1, z, 3, expected, 2);
      vector.addScaledSum(n, -.3f, x, 1, z, 3, actual, 2);
      assertArrayEquals(expected, actual, 1e-5f, message);
    }
  }

  @Test
  void sumsOfRowsAgree() {
    for (int width = 1; width < 70; width++) {
      int n = random.nextInt(20);
      float[] x = floats(n * width + 2);
      float[] expected = floats(width + 1);
      float[] actual = expected.clone();

      scalar.addRows(n, width, x, 2, expected, 1);
      vector.addRows(n, width, x, 2, actual, 1);

      assertArrayEquals(expected, actual, 1e-5f, "seed " + SEED + ", width " + width);
    }
  }

  @Test
  void activationsAreThoseOfTheLibrary() {
    for (float x = -30; x < 30; x += .01f) {
      assertEquals(Math.tanh(x), Activations.tanh(x), 2e-6, "tanh " + x);
      assertEquals(1 / (1 + Math.exp(-x)), Activations.sigmoid(x), 2e-6, "sigmoid " + x);
    }
  }

  private float[] floats(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }
}
