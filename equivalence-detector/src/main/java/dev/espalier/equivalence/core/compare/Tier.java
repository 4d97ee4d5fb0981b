package dev.espalier.equivalence.core.compare;

import java.util.Locale;

/** The part of the cascade that decided. */
public enum Tier {
  /** The canonical texts are equal. */
  CANONICAL,
  /** Both steps spell out the state that they lead to. */
  STATE,
  /** A fact speaks against it: other values, other units, other answers. */
  VETO,
  /** The claims are equal and their slots fit. */
  CLAIMS,
  /** The learned combiner. */
  COMBINER,
  /** The combiner is not sure, and the steps are kept apart. */
  UNDECIDED,
  /** A language model was asked. */
  JUDGE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
