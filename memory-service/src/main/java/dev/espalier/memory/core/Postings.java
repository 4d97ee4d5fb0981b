package dev.espalier.memory.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The inverted index of conversations. Called inside a unit of work. */
public interface Postings {

  /** What of the index a query needs. */
  Found find(UUID conversation, String query);

  /** The conversation is gone or has changed behind the index: forget what is kept outside it. */
  void evict(UUID conversation);

  /**
   * A part of the index.
   *
   * @param stems of the query, in one order for every query; those that occur nowhere may be absent
   * @param windowLengths of the windows around the turns 1, 2, ..., in stems
   * @param silent turns whose words are not searched; null when there are none
   */
  record Found(List<Stem> stems, int[] windowLengths, @Nullable SeqSet silent) {}

  /**
   * A word stem's occurrences.
   *
   * @param seqs the turns it occurs in, rising
   * @param occurrences how often, turn by turn
   */
  record Stem(int[] seqs, int[] occurrences) {}
}
