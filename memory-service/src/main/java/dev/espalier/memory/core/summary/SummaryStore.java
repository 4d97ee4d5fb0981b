package dev.espalier.memory.core.summary;

import java.util.List;
import java.util.UUID;

/** The summaries of closed segments, and of conversations. Called inside a unit of work. */
public interface SummaryStore {

  /** The summaries in force of one level, by the turns they cover. */
  List<CompactSummary> current(UUID conversation, int level);

  /** All versions of one level, superseded ones too, by the turns they cover, then by version. */
  List<CompactSummary> history(UUID conversation, int level);

  /**
   * Stores summaries; one that is there already (same level, last turn and version) stays. A
   * summary of level 1 supersedes earlier versions of its segment, one of level 2 all earlier ones.
   */
  void add(UUID conversation, List<CompactSummary> summaries);
}
