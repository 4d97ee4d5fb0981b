package dev.espalier.memory.core.summary;

import java.util.Collection;
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

  /**
   * Keeps appends, erasures and other makers of summaries out until the unit of work ends. Whoever
   * adds summaries reads the turns after this, so that no erased text comes back.
   */
  void lock(UUID conversation);

  /**
   * Runs what a reader can do without: where the database takes no writes now, what it wrote is
   * undone and the unit of work goes on.
   */
  void attempt(Runnable writing);

  /**
   * Removes all versions, of both levels, that cover one of the turns.
   *
   * @return how many
   */
  long removeCovering(UUID conversation, Collection<Long> seqs);
}
