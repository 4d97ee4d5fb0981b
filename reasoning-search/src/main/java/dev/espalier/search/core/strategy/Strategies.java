package dev.espalier.search.core.strategy;

import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;

/** The strategy that a client asked for. */
public final class Strategies {

  private Strategies() {}

  public static SearchStrategy of(SearchSpec spec) {
    StrategySpec strategy = spec.strategy();
    if (strategy instanceof StrategySpec.MonteCarlo settings) {
      return new MonteCarloTreeSearch(spec, settings);
    }
    if (strategy instanceof StrategySpec.Beam settings) {
      return new BeamSearch(spec, settings);
    }
    if (strategy instanceof StrategySpec.BestOfN settings) {
      return new BestOfN(spec, settings);
    }
    throw new IllegalArgumentException("no such strategy: " + strategy);
  }
}
