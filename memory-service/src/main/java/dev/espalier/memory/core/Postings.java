package dev.espalier.memory.core;

import java.util.List;
import java.util.UUID;

/** The inverted index of conversations. Called inside a unit of work. */
public interface Postings {

  /** Where the query's stems occur; a stem that occurs nowhere is left out. */
  List<Stem> of(UUID conversation, String query);

  /** The lengths of the windows around the turns 1, 2, ..., in stems. */
  int[] windowLengths(UUID conversation);

  /**
   * A word stem's occurrences.
   *
   * @param seqs the turns it occurs in
   * @param occurrences how often, turn by turn
   */
  record Stem(long[] seqs, int[] occurrences) {}
}
