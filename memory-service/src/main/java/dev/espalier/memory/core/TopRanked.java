package dev.espalier.memory.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the best of many offers, by falling score, ties by falling sequence. */
final class TopRanked {

  private static final Comparator<Ranked> WORST_FIRST =
      Comparator.comparingDouble(Ranked::score).thenComparingLong(Ranked::seq);

  private final int limit;
  private final PriorityQueue<Ranked> kept;

  TopRanked(int limit) {
    this.limit = limit;
    kept = new PriorityQueue<>(limit + 1, WORST_FIRST);
  }

  void offer(long seq, double score) {
    if (kept.size() == limit && score < kept.element().score()) {
      return;
    }
    kept.add(new Ranked(seq, score));
    if (kept.size() > limit) {
      kept.remove();
    }
  }

  List<Ranked> bestFirst() {
    List<Ranked> sorted = new ArrayList<>(kept);
    sorted.sort(WORST_FIRST.reversed());
    return sorted;
  }
}
