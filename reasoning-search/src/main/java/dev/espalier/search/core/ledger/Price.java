package dev.espalier.search.core.ledger;

/**
 * What an upstream charges, in the operator's currency, for a million tokens.
 *
 * @param prompt for a million prompt tokens
 * @param completion for a million completion tokens
 */
public record Price(double prompt, double completion) {

  public static final Price FREE = new Price(0, 0);

  private static final double MILLION = 1e6;

  public Price {
    if (!(prompt >= 0) || !(completion >= 0)) {
      throw new IllegalArgumentException("a price is not negative");
    }
  }

  public double of(Usage usage) {
    return (usage.promptTokens() * prompt + usage.completionTokens() * completion) / MILLION;
  }
}
