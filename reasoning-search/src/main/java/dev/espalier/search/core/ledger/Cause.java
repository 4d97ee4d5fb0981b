package dev.espalier.search.core.ledger;

/** What something was spent on. Every call has one cause; the causes add up to the total. */
public enum Cause {
  /** Samples that became steps of the tree, with the prompts of all samples. */
  PROPOSED,
  /** Completion tokens of samples that repeated another one's text. */
  VERBATIM_DUPLICATE,
  /** Completion tokens of samples that said the same as another one in other words. */
  EQUIVALENCE_PRUNED,
  SCORED,
  /** The equivalence detector's own model. */
  JUDGED,
  /** Calls without a usable answer after which nothing was tried any more. */
  FAILED,
  /** Calls without a usable answer that were made again. */
  RETRIED,
  /** Calls whose worker died before they ended; counted at the most that they may have cost. */
  LOST
}
