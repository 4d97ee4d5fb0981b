package dev.espalier.search.core.strategy;

/**
 * Derives the seed of one expansion: the finaliser of SplitMix64 over the search's and the need.
 */
public final class Seeds {

  private Seeds() {}

  public static long of(long seed, int need) {
    long z = seed + 0x9e3779b97f4a7c15L * (need + 1L);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
