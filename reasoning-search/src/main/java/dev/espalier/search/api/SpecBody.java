package dev.espalier.search.api;

import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.StrategySpec;

/** Specifications back on the wire, in the shape in which they were asked for. */
final class SpecBody {

  private SpecBody() {}

  static NewSearch.Strategy strategy(StrategySpec spec) {
    if (spec instanceof StrategySpec.MonteCarlo mcts) {
      return new NewSearch.Strategy(
          "mcts", mcts.simulations(), mcts.width(), mcts.depth(), mcts.exploration(), null, null);
    }
    if (spec instanceof StrategySpec.Beam beam) {
      return new NewSearch.Strategy(
          "beam", null, beam.width(), beam.depth(), null, beam.beam(), null);
    }
    StrategySpec.BestOfN best = (StrategySpec.BestOfN) spec;
    return new NewSearch.Strategy(
        "best_of_n", null, null, best.depth(), null, null, best.samples());
  }

  static NewSearch.Proposer proposer(ProposerSpec spec) {
    return new NewSearch.Proposer(
        spec.type(), spec.model(), spec.temperature(), spec.maxStepTokens(), spec.duplicateRate());
  }

  static NewSearch.Pruning pruning(PruningSpec spec) {
    return new NewSearch.Pruning(
        SearchBody.name(spec.mode()), spec.threshold(), spec.hasTranspositions());
  }

  static NewSearch.Budget budget(Limits limits) {
    return new NewSearch.Budget(
        limits.tokens(),
        limits.calls(),
        limits.time() == null ? null : limits.time().toMillis() / 1_000.0,
        limits.money(),
        limits.nodes(),
        limits.depth());
  }
}
