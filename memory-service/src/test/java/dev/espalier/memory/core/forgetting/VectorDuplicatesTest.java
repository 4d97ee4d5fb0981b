package dev.espalier.memory.core.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VectorDuplicatesTest {

  private static final long SEED = 20260104;
  private static final int DIMENSIONS = 96;

  private final Random random = new Random(SEED);

  @Test
  void namesTheStrongerOfTwoThatSayTheSame() {
    float[] said = unit(null, 0);
    Map<Long, float[]> vectors = Map.of(1L, said, 2L, unit(null, 0), 3L, unit(said, 0.1));

    var duplicates = new VectorDuplicates(0.95, vectors);

    assertEquals(Map.of(3L, 1L), duplicates.ofStronger(new long[] {1, 2, 3, 4}));
    assertEquals(Map.of(1L, 3L), duplicates.ofStronger(new long[] {3, 2, 1}));
  }

  @Test
  void findsMostOfThemAmongThousands() {
    System.out.println("seed " + SEED);
    Map<Long, float[]> vectors = new HashMap<>();
    for (long seq = 1; seq <= 3000; seq++) {
      vectors.put(seq, unit(null, 0));
    }
    for (long seq = 3001; seq <= 3300; seq++) {
      vectors.put(seq, unit(vectors.get(seq - 3000), 0.1));
    }

    Map<Long, Long> stronger =
        new VectorDuplicates(0.95, vectors).ofStronger(LongStream.rangeClosed(1, 3300).toArray());

    System.out.println("found of 300: " + stronger.size());
    assertTrue(stronger.size() >= 240, stronger.size() + " of 300");
    stronger.forEach((seq, of) -> assertEquals(seq - 3000, of));
  }

  private float[] unit(float[] near, double noise) {
    float[] vector = new float[DIMENSIONS];
    double square = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] =
          (float)
              (near == null
                  ? random.nextGaussian()
                  : near[i] + noise * random.nextGaussian() / Math.sqrt(DIMENSIONS));
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }
}
