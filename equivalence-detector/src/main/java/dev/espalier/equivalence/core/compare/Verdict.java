package dev.espalier.equivalence.core.compare;

import java.util.List;

/**
 * The decision on one pair, with its evidence.
 *
 * @param isEquivalent whether the two steps say the same
 * @param probability how likely that is, from 0 to 1
 * @param tier what decided
 * @param reason a short code such as {@code other_values}
 * @param claims the claims that both steps make, in readable form
 */
public record Verdict(
    boolean isEquivalent, double probability, Tier tier, String reason, List<String> claims) {

  public Verdict {
    claims = List.copyOf(claims);
  }

  /** The probability with four decimals, which is more than it means. */
  public double roundedProbability() {
    return Math.round(probability * 1e4) / 1e4;
  }

  public boolean isVeto() {
    return tier == Tier.VETO;
  }
}
