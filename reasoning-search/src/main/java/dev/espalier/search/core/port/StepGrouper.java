package dev.espalier.search.core.port;

import dev.espalier.search.core.tree.Grouping;

/** Decides which candidates say the same. */
public interface StepGrouper {

  /**
   * Never throws because a detector is away: then the grouping is by text and says so.
   *
   * @param problem the problem's text
   */
  Grouping group(String problem, Need.Group need, CallContext context);

  /** Whether an answer costs nothing and comes out the same again, so that it need not be kept. */
  boolean isFree();

  /** Whether equal signatures mean equal states, so that a match needs no confirmation. */
  default boolean hasExactSignatures() {
    return false;
  }
}
