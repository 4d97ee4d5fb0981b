package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.DotProduct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Near-duplicates by the cosine of their embeddings. */
public final class VectorDuplicates implements NearDuplicates {

  /*
   * Up to EXACT vectors every pair is compared. Above, only pairs that share a bucket: locality-
   * sensitive hashing with random hyperplanes (Charikar, STOC 2002), whose bits are signs of
   * products with the vector less the conversation's mean, because embeddings of one model lie in a
   * narrow cone. Two vectors of cosine c (after that) share a bit with probability
   * 1 - arccos(c) / pi, and a near-duplicate missed is only a turn that keeps more strength than it
   * could. In each bucket a turn is held against the LATEST strong ones of it. The planes are drawn
   * from a fixed seed, so that a preview and its run agree.
   */
  private static final int EXACT = 2000;

  private static final int TABLES = 6;
  private static final int BITS = 14;
  private static final int LATEST = 32;
  private static final long SEED = 20_260_101;

  private final double cosine;
  private final Map<Long, float[]> vectors;

  /**
   * @param cosine from which similarity on two turns say the same
   * @param vectors unit vectors by sequence number
   */
  public VectorDuplicates(double cosine, Map<Long, float[]> vectors) {
    this.cosine = cosine;
    this.vectors = new TreeMap<>(vectors);
  }

  @Override
  public Map<Long, Long> ofStronger(long[] strongestFirst) {
    return vectors.size() <= EXACT ? amongAll(strongestFirst) : amongBuckets(strongestFirst);
  }

  private Map<Long, Long> amongAll(long[] strongestFirst) {
    Map<Long, Long> stronger = new HashMap<>();
    List<Kept> kept = new ArrayList<>();
    for (long seq : strongestFirst) {
      float @Nullable [] vector = vectors.get(seq);
      if (vector != null) {
        @Nullable Long near = firstNear(vector, kept);
        if (near == null) {
          kept.add(new Kept(seq, vector));
        } else {
          stronger.put(seq, near);
        }
      }
    }
    return stronger;
  }

  private Map<Long, Long> amongBuckets(long[] strongestFirst) {
    float[][] planes = planes();
    double[] offsets = offsets(planes);
    Map<Integer, List<Kept>> buckets = new HashMap<>();
    Map<Long, Long> stronger = new HashMap<>();
    for (long seq : strongestFirst) {
      float @Nullable [] vector = vectors.get(seq);
      if (vector == null) {
        continue;
      }
      int[] keys = keys(vector, planes, offsets);
      for (int i = 0; i < keys.length && !stronger.containsKey(seq); i++) {
        @Nullable Long near = firstNear(vector, buckets.getOrDefault(keys[i], List.of()));
        if (near != null) {
          stronger.put(seq, near);
        }
      }
      if (!stronger.containsKey(seq)) {
        Kept kept = new Kept(seq, vector);
        for (int key : keys) {
          List<Kept> bucket = buckets.computeIfAbsent(key, it -> new ArrayList<>());
          if (bucket.size() == LATEST) {
            bucket.remove(0);
          }
          bucket.add(kept);
        }
      }
    }
    return stronger;
  }

  private @Nullable Long firstNear(float[] vector, List<Kept> others) {
    for (Kept other : others) {
      if (dot(vector, other.vector()) >= cosine) {
        return other.seq();
      }
    }
    return null;
  }

  private float[][] planes() {
    var random = new SplittableRandom(SEED);
    int dimensions = vectors.values().iterator().next().length;
    float[][] planes = new float[TABLES * BITS][dimensions];
    for (float[] plane : planes) {
      for (int i = 0; i < dimensions; i++) {
        plane[i] = random.nextBoolean() ? 1 : -1;
      }
    }
    return planes;
  }

  /** What the mean vector contributes to each plane's product. */
  private double[] offsets(float[][] planes) {
    double[] mean = new double[planes[0].length];
    for (float[] vector : vectors.values()) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i];
      }
    }
    double[] offsets = new double[planes.length];
    for (int plane = 0; plane < planes.length; plane++) {
      for (int i = 0; i < mean.length; i++) {
        offsets[plane] += planes[plane][i] * mean[i] / vectors.size();
      }
    }
    return offsets;
  }

  private static int[] keys(float[] vector, float[][] planes, double[] offsets) {
    int[] keys = new int[TABLES];
    for (int table = 0; table < TABLES; table++) {
      int key = table;
      for (int bit = 0; bit < BITS; bit++) {
        int plane = table * BITS + bit;
        key = key << 1 | (dot(vector, planes[plane]) >= offsets[plane] ? 1 : 0);
      }
      keys[table] = key;
    }
    return keys;
  }

  private static float dot(float[] a, float[] b) {
    return DotProduct.of(a, b, 0);
  }

  /** A turn that later ones are held against, with its vector: looked up, each would cost more. */
  private record Kept(long seq, float[] vector) {}
}
