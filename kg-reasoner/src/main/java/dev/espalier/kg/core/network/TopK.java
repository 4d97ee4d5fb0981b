package dev.espalier.kg.core.network;

import java.util.Arrays;

/** Marks the largest of an array in linear time. */
final class TopK {

  private float[] scratch = new float[1024];

  /** Sets {@code marks[i]} for the k largest of n values; among equals the first. */
  void mark(float[] values, int n, int k, boolean[] marks) {
    if (k >= n) {
      Arrays.fill(marks, 0, n, true);
      return;
    }
    float bar = largest(values, n, k);
    int above = 0;
    for (int i = 0; i < n; i++) {
      above += values[i] > bar ? 1 : 0;
    }
    int equal = k - above;
    for (int i = 0; i < n; i++) {
      if (values[i] > bar || (values[i] == bar && equal-- > 0)) {
        marks[i] = true;
      }
    }
  }

  /** The k-th largest of n values, by quickselect with the median of three. */
  private float largest(float[] values, int n, int k) {
    scratch = Layer.room(scratch, n);
    System.arraycopy(values, 0, scratch, 0, n);
    int low = 0;
    int high = n - 1;
    int wanted = k - 1;
    while (low < high) {
      float pivot = median(scratch[low], scratch[(low + high) >>> 1], scratch[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (scratch[i] > pivot) {
          i++;
        }
        while (scratch[j] < pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = scratch[i];
          scratch[i++] = scratch[j];
          scratch[j--] = swapped;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        return scratch[wanted];
      }
    }
    return scratch[wanted];
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
