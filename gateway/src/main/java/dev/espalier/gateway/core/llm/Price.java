package dev.espalier.gateway.core.llm;

import dev.espalier.gateway.core.spending.Charge;

/**
 * What a million tokens cost, in the currency of budgets.
 *
 * @param prompt of a million tokens sent
 * @param completion of a million tokens received
 */
public record Price(double prompt, double completion) {

  public static final Price FREE = new Price(0, 0);

  /** Billionths of the currency in a millionth of it. */
  private static final double NANOS = 1000;

  public Price {
    if (!isPrice(prompt) || !isPrice(completion)) {
      throw new IllegalArgumentException("price-prompt, price-completion: must be 0 or more");
    }
  }

  /** What these tokens cost, rounded up. */
  public Charge of(long promptTokens, long completionTokens) {
    double nanos = Math.ceil(NANOS * (prompt * promptTokens + completion * completionTokens));
    return new Charge(promptTokens, completionTokens, (long) nanos);
  }

  private static boolean isPrice(double value) {
    return value >= 0 && value <= 1e9;
  }
}
