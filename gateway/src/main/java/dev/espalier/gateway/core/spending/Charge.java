package dev.espalier.gateway.core.spending;

/**
 * What a call to a language model costs at most, or did cost.
 *
 * @param promptTokens sent
 * @param completionTokens received
 * @param nanos money, in billionths of the currency that prices are given in
 */
public record Charge(long promptTokens, long completionTokens, long nanos) {

  public static final Charge NOTHING = new Charge(0, 0, 0);

  public Charge {
    if (promptTokens < 0 || completionTokens < 0 || nanos < 0) {
      throw new IllegalArgumentException("a charge is not negative");
    }
  }

  public long tokens() {
    return Math.addExact(promptTokens, completionTokens);
  }
}
