package dev.espalier.memory.core;

/**
 * How far the vector index has come. The lexical index has no lag: it is written with the turn.
 *
 * @param embeddedThroughSeq every turn up to here has its vector, or was given up on
 * @param lastSeq the newest turn
 * @param failed turns that were given up on after repeated failures; they are found by words only
 */
public record IndexState(long embeddedThroughSeq, long lastSeq, long failed) {

  public boolean isCurrent() {
    return embeddedThroughSeq >= lastSeq;
  }
}
