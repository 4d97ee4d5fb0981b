package dev.espalier.memory.evaluation.client;

import java.util.Locale;

/** Which indexes a recall asks. */
public enum Mode {
  HYBRID,
  DENSE,
  LEXICAL;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
