package dev.espalier.memory.core;

import dev.espalier.memory.core.Postings.Stem;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** BM25 whose documents are windows of a turn and its two neighbours. */
public final class WindowedBm25 implements LexicalIndex {

  /*
   * Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, formula 3.15)
   * with the non-negative idf ln(1 + (N - df + .5) / (df + .5)). Deviation: the document is a turn
   * together with the turns before and after it, because an answer rarely repeats the words of the
   * question before it: +7 points of evidence recall at 10. Windows are not stored: a posting is
   * spread to its neighbours here, so that each turn is written once.
   *
   * Cost: O(postings of the query's stems + turns). Computed here and not in SQL, where the
   * same formula over the same rows takes three to five times as long.
   */
  private static final double K1 = 1.2;

  private static final double B = 0.75;

  private final Postings postings;

  public WindowedBm25(Postings postings) {
    this.postings = postings;
  }

  @Override
  public List<Ranked> search(UUID conversation, String query, int limit, @Nullable SeqSet allowed) {
    return rank(postings.find(conversation, query), limit, allowed);
  }

  @Override
  public void evict(UUID conversation) {
    postings.evict(conversation);
  }

  static List<Ranked> rank(Postings.Found found, int limit, @Nullable SeqSet allowed) {
    int[] lengths = found.windowLengths();
    SeqSet silent = found.silent();
    double mean = Math.max(1, Arrays.stream(lengths).average().orElse(1));
    double[] scores = new double[lengths.length + 1];
    Windows windows = new Windows(lengths.length);
    for (Stem stem : found.stems()) {
      windows.count(stem, silent);
      double idf = Math.log(1 + (lengths.length - windows.size + 0.5) / (windows.size + 0.5));
      for (int i = 0; i < windows.size; i++) {
        int seq = windows.seqs[i];
        int tf = windows.frequencies[seq];
        double length = 1 - B + B * lengths[seq - 1] / mean;
        scores[seq] += idf * tf * (K1 + 1) / (tf + K1 * length);
      }
    }
    TopRanked top = new TopRanked(limit);
    for (int seq = 1; seq < scores.length; seq++) {
      if (scores[seq] > 0
          && (allowed == null || allowed.contains(seq))
          && (silent == null || !silent.contains(seq))) {
        top.offer(seq, scores[seq]);
      }
    }
    return top.bestFirst();
  }

  /** The windows that hold a stem, and how often, by the window's middle. */
  private static final class Windows {

    private final int turns;
    private final int[] frequencies;
    private final int[] seqs;
    private int size;

    Windows(int turns) {
      this.turns = turns;
      frequencies = new int[turns + 1];
      seqs = new int[turns];
    }

    void count(Stem stem, @Nullable SeqSet silent) {
      for (int i = 0; i < size; i++) {
        frequencies[seqs[i]] = 0;
      }
      size = 0;
      for (int i = 0; i < stem.seqs().length && stem.seqs()[i] <= turns; i++) {
        int said = stem.seqs()[i];
        if (silent == null || !silent.contains(said)) {
          for (int seq = Math.max(1, said - 1); seq <= Math.min(turns, said + 1); seq++) {
            if (frequencies[seq] == 0) {
              seqs[size++] = seq;
            }
            frequencies[seq] += stem.occurrences()[i];
          }
        }
      }
    }
  }
}
