package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.Scope;
import java.util.List;
import java.util.UUID;

/** Remembers which turns were really emitted, so that they fade later. */
public interface UseLog {

  /**
   * Notes a use and returns at once; it is written a little later, and lost if the process dies
   * before. A dormant turn that was used becomes active again.
   *
   * @param lastSeq the conversation's newest turn when they were emitted
   */
  void used(Scope scope, UUID conversation, List<Long> seqs, long lastSeq);
}
