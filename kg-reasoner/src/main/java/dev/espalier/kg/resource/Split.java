package dev.espalier.kg.resource;

import java.util.Locale;

/**
 * What a triple is for. Only {@code TRAIN} triples are walked; the others play no part in training,
 * nor in any answer but to say that it is known.
 */
public enum Split {
  TRAIN,
  VALID,
  TEST;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
