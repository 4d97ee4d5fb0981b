package dev.espalier.search.evaluation.arms;

import dev.espalier.search.core.ledger.Ledger;
import dev.espalier.search.core.ledger.StopReason;

/** How one search of one arm ended. */
public record Outcome(boolean isRight, Ledger ledger, int nodes, StopReason reason) {

  /** Prompt and completion tokens of all calls, whatever they came to. */
  public long tokens() {
    return ledger.total().usage().total();
  }
}
