package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedVectorsTest {

  private static final int DIMENSIONS = 19;
  private static final long SEED = 20260101;

  @Test
  void agreesWithANaiveScan() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<PackedVectors.Entry> entries = new ArrayList<>();
    for (int seq = 1; seq <= 500; seq++) {
      entries.add(new PackedVectors.Entry(seq, vector(random)));
    }
    float[] query = vector(random);

    List<Ranked> nearest =
        PackedVectors.empty(DIMENSIONS)
            .with(entries.subList(0, 300))
            .with(entries.subList(300, 500))
            .nearest(query, 40, null);

    List<Long> expected =
        entries.stream()
            .sorted(Comparator.comparingDouble(e -> -naiveDot(query, e.vector())))
            .limit(40)
            .map(PackedVectors.Entry::seq)
            .toList();
    assertEquals(expected, nearest.stream().map(Ranked::seq).toList());
  }

  @Test
  void returnsAllThatIsAllowedWhenThatIsLess() {
    Random random = new Random(SEED);
    List<PackedVectors.Entry> entries = new ArrayList<>();
    for (int seq = 1; seq <= 100; seq++) {
      entries.add(new PackedVectors.Entry(seq, vector(random)));
    }

    List<Ranked> nearest =
        PackedVectors.empty(DIMENSIONS)
            .with(entries)
            .nearest(vector(random), 10, new SeqSet(4, 99, 12345));

    assertEquals(List.of(4L, 99L), nearest.stream().map(Ranked::seq).sorted().toList());
  }

  @Test
  void refusesAVectorOfAnotherDimension() {
    PackedVectors vectors = PackedVectors.empty(DIMENSIONS);

    assertThrows(
        IllegalArgumentException.class,
        () -> vectors.with(List.of(new PackedVectors.Entry(1, new float[3]))));
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static double naiveDot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
