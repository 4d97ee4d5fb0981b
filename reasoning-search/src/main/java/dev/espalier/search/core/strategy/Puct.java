package dev.espalier.search.core.strategy;

/**
 * AlphaZero's selection rule with the numbers of EquivPruner's reference code:
 *
 * <pre>Q + P * (ln((N_parent + 19652 + 1) / 19652) + c) * sqrt(N_parent) / (N_child + 1)</pre>
 *
 * Q is the scorer's value while the child is unvisited, and the mean of what was backed up from
 * then on; c is 1.25 in the reference.
 */
final class Puct {

  private static final double BASE = 19652;

  private Puct() {}

  static double of(double q, double prior, int parentVisits, int childVisits, double exploration) {
    double weight = Math.log((parentVisits + BASE + 1) / BASE) + exploration;
    return q + prior * weight * Math.sqrt(parentVisits) / (childVisits + 1);
  }
}
