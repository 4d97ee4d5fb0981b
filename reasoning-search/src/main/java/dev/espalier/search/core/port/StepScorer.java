package dev.espalier.search.core.port;

import java.util.List;

/** Says how promising steps are. */
public interface StepScorer {

  /**
   * @param problem the problem's text
   * @return one score a representative, in order, each 0-1
   * @throws UpstreamException where none could be had
   * @throws BudgetExhaustedException from the meter, before anything was spent
   */
  List<Double> score(String problem, Need.Score need, CallContext context);

  /** Whether an answer costs nothing and comes out the same again, so that it need not be kept. */
  boolean isFree();

  /** Whether a score of exactly 1 on a terminal step proves its answer right. */
  default boolean proves() {
    return false;
  }
}
