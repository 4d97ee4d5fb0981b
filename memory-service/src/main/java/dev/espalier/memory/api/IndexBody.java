package dev.espalier.memory.api;

import dev.espalier.memory.core.IndexState;

/** How far the vector index has come, on the wire. */
record IndexBody(long embeddedThroughSeq, long lastSeq, long failed) {

  static IndexBody of(IndexState state) {
    return new IndexBody(state.embeddedThroughSeq(), state.lastSeq(), state.failed());
  }
}
