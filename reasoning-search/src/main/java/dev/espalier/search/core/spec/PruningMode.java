package dev.espalier.search.core.spec;

/** Which siblings are merged. */
public enum PruningMode {
  /** None; a control arm. */
  NONE,
  /** Those with equal text. */
  VERBATIM,
  /** Those that the detector takes for equivalent, and those with equal text. */
  EQUIVALENCE,
  /** All, except what may never be merged: a floor that shows what merging costs. */
  EVERYTHING
}
