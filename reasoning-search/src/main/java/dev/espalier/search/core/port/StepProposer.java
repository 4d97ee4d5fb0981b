package dev.espalier.search.core.port;

import dev.espalier.search.core.tree.Candidate;
import java.util.List;

/** Samples next steps. */
public interface StepProposer {

  /**
   * @param problem the problem's text
   * @return up to {@code need.count()} candidates; none where the node has no continuation
   * @throws UpstreamException where none could be had
   * @throws BudgetExhaustedException from the meter, before anything was spent
   */
  List<Candidate> propose(String problem, Need.Propose need, CallContext context);

  /** Whether an answer costs nothing and comes out the same again, so that it need not be kept. */
  boolean isFree();
}
