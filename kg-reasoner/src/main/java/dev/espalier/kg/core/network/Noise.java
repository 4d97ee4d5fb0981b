package dev.espalier.kg.core.network;

import java.util.SplittableRandom;

/** The randomness of one training query. Inference has none. */
public final class Noise {

  private final SplittableRandom random;
  private final float dropout;
  private final boolean perturb;

  /**
   * @param dropout the share of an aggregated state that is dropped
   * @param perturb whether gates and pruning are noisy
   */
  public Noise(long seed, float dropout, boolean perturb) {
    this.random = new SplittableRandom(seed);
    this.dropout = dropout;
    this.perturb = perturb;
  }

  /** Fills a mask with 0 for what is dropped and 1 / (1 - dropout) for the rest. */
  void mask(float[] mask, int n) {
    float kept = 1 / (1 - dropout);
    int threshold = Math.round(dropout * 0x10000);
    for (int i = 0; i < n; i += 4) {
      long bits = random.nextLong();
      for (int j = i; j < Math.min(n, i + 4); j++) {
        mask[j] = (bits & 0xffff) < threshold ? 0 : kept;
        bits >>>= 16;
      }
    }
  }

  boolean drops() {
    return dropout > 0;
  }

  boolean perturbs() {
    return perturb;
  }

  float gumbel() {
    return (float) -Math.log(-Math.log(random.nextDouble() * (1 - 1e-12) + 1e-12));
  }

  float normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return (float) (radius * Math.cos(2 * Math.PI * random.nextDouble()));
  }
}
