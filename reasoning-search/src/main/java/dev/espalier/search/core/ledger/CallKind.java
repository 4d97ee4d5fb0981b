package dev.espalier.search.core.ledger;

/** What a call was made for. */
public enum CallKind {
  PROPOSE,
  SCORE,
  JUDGE
}
