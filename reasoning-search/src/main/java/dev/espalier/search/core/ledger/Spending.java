package dev.espalier.search.core.ledger;

/** Calls, their tokens, and their money in the currency of the configured prices. */
public record Spending(long calls, Usage usage, double money) {

  public static final Spending NONE = new Spending(0, Usage.NONE, 0);

  public Spending plus(Spending other) {
    return new Spending(calls + other.calls, usage.plus(other.usage), money + other.money);
  }

  /** What is left of it after a part that it holds. */
  Spending minus(Spending part) {
    return new Spending(
        calls - part.calls,
        new Usage(
            usage.promptTokens() - part.usage.promptTokens(),
            usage.completionTokens() - part.usage.completionTokens(),
            usage.isEstimated()),
        Math.max(0, money - part.money));
  }
}
