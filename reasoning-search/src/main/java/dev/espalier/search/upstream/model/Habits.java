package dev.espalier.search.upstream.model;

/** What was found out about an upstream since the start, and need not be found out again. */
public final class Habits {

  private volatile boolean ignoresN;

  /** Whether it answers with one choice however many are asked for, or refuses to be asked. */
  boolean ignoresN() {
    return ignoresN;
  }

  void noteThatItIgnoresN() {
    ignoresN = true;
  }
}
