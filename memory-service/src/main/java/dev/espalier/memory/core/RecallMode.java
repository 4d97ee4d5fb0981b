package dev.espalier.memory.core;

/** Which indexes a recall asks. */
public enum RecallMode {
  HYBRID,
  DENSE,
  LEXICAL;

  boolean asksVectors() {
    return this != LEXICAL;
  }

  boolean asksWords() {
    return this != DENSE;
  }
}
