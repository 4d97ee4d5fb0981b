package dev.espalier.search.core.port;

import dev.espalier.search.core.ledger.StopReason;

/** The next call would exceed a budget; nothing was spent. */
public final class BudgetExhaustedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final StopReason reason;

  public BudgetExhaustedException(StopReason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public StopReason reason() {
    return reason;
  }
}
