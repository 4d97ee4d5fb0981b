package dev.espalier.memory.core;

import java.util.Arrays;

/** An immutable set of sequence numbers; a filter's result, shared by both indexes. */
public final class SeqSet {

  private final long[] sorted;

  public SeqSet(long... seqs) {
    sorted = seqs.clone();
    Arrays.sort(sorted);
  }

  public boolean contains(long seq) {
    return Arrays.binarySearch(sorted, seq) >= 0;
  }

  public boolean isEmpty() {
    return sorted.length == 0;
  }

  public long[] toArray() {
    return sorted.clone();
  }
}
