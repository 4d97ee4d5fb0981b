package dev.espalier.search.core.spec;

/** Which search, and its parameters. */
public sealed interface StrategySpec {

  /**
   * PUCT, after EquivPruner's "simple MCTS".
   *
   * @param simulations for each committed step
   * @param width samples an expansion
   * @param depth most steps of a solution
   * @param exploration weight of the prior term; 1.25 in the reference
   */
  record MonteCarlo(int simulations, int width, int depth, double exploration)
      implements StrategySpec {}

  /**
   * @param beam steps kept at each level
   * @param width samples an expansion
   * @param depth most steps of a solution
   */
  record Beam(int beam, int width, int depth) implements StrategySpec {}

  /**
   * Independent solutions and a weighted vote.
   *
   * @param samples how many
   * @param depth most steps of a solution
   */
  record BestOfN(int samples, int depth) implements StrategySpec {}
}
