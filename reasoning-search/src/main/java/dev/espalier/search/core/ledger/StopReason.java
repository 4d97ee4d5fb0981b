package dev.espalier.search.core.ledger;

/** Why a search stopped. */
public enum StopReason {
  /** The strategy had done all it does. */
  COMPLETED,
  /** More work would not change the answer. */
  CONVERGED,
  /** An answer was found that a check proves right. */
  SOLVED,
  TOKENS,
  CALLS,
  SECONDS,
  MONEY,
  NODES,
  DEPTH,
  CANCELLED,
  /** Upstreams failed too often in a row. */
  UPSTREAM_FAILED
}
