package dev.espalier.memory.core;

import java.util.Arrays;
import java.util.BitSet;

/** An immutable set of sequence numbers; a filter's result, shared by both indexes. */
public final class SeqSet {

  /** Above, a bit for each number up to the largest would be a waste. */
  private static final long DENSE = 10_000_000;

  private final long[] sorted;
  private final BitSet dense = new BitSet();

  public SeqSet(long... seqs) {
    sorted = seqs.clone();
    Arrays.sort(sorted);
    for (long seq : sorted) {
      if (seq >= 0 && seq < DENSE) {
        dense.set((int) seq);
      }
    }
  }

  public boolean contains(long seq) {
    return seq >= 0 && seq < DENSE ? dense.get((int) seq) : Arrays.binarySearch(sorted, seq) >= 0;
  }

  public boolean isEmpty() {
    return sorted.length == 0;
  }

  public int size() {
    return sorted.length;
  }

  public long[] toArray() {
    return sorted.clone();
  }
}
