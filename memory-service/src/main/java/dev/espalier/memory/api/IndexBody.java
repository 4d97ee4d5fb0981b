package dev.espalier.memory.api;

import dev.espalier.memory.core.IndexState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far the vector index has come, on the wire. */
@Schema(name = "IndexState")
record IndexBody(long embeddedThroughSeq, long lastSeq, long failed) {

  IndexState toCore() {
    return new IndexState(embeddedThroughSeq, lastSeq, failed);
  }

  static IndexBody of(IndexState state) {
    return new IndexBody(state.embeddedThroughSeq(), state.lastSeq(), state.failed());
  }
}
