package dev.espalier.search.upstream.model;

/**
 * How steps are sampled.
 *
 * @param model as the upstream calls it
 * @param maxTokens most completion tokens of a step
 */
public record Sampling(String model, double temperature, int maxTokens) {

  /** As in the reference experiments. */
  public static final double DEFAULT_TEMPERATURE = 0.7;

  public static final int DEFAULT_MAX_TOKENS = 512;

  public Sampling {
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("the temperature is not in 0-2");
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is not positive");
    }
  }
}
