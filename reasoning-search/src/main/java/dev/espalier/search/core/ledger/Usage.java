package dev.espalier.search.core.ledger;

/**
 * Tokens of one call or of many.
 *
 * @param isEstimated whether an upstream did not count, or lied, and we estimated
 */
public record Usage(long promptTokens, long completionTokens, boolean isEstimated) {

  public static final Usage NONE = new Usage(0, 0, false);

  public Usage {
    if (promptTokens < 0 || completionTokens < 0) {
      throw new IllegalArgumentException("negative tokens");
    }
  }

  public long total() {
    return promptTokens + completionTokens;
  }

  public Usage plus(Usage other) {
    return new Usage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        isEstimated || other.isEstimated);
  }
}
