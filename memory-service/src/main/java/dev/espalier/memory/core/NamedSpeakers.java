package dev.espalier.memory.core;

import dev.espalier.memory.core.summary.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;

/** Prefers what those said whom a question names. */
final class NamedSpeakers {

  /*
   * Who is asked about has mostly said it: where a question names one speaker, 94 to 98 % of the
   * evidence turns are that speaker's own. A turn's name is in both indexes, but too common there to
   * weigh, and in a window of three turns everybody is. So each ranking is put in order again with a
   * raised score, and the other speakers' turns stay in it. Evidence recall is flat for offsets of
   * .02 to .05 and factors of 1.3 to 1.4. Cost: O(n log n) in the hits.
   */
  private static final double COSINE_OFFSET = 0.03;

  private static final double BM25_FACTOR = 1.4;

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int MIN_LETTERS = 2;

  private final Set<Long> named;

  private NamedSpeakers(Set<Long> named) {
    this.named = named;
  }

  /**
   * @param speakers of the turns that were found
   */
  static NamedSpeakers in(String question, Map<Long, String> speakers) {
    Set<String> asked = words(question);
    Set<String> names = new HashSet<>(speakers.values());
    Set<String> mentioned = new HashSet<>();
    for (String name : names) {
      if (words(name).stream().anyMatch(asked::contains)) {
        mentioned.add(name);
      }
    }
    Set<Long> named = new HashSet<>();
    // Where all are named, none is preferred.
    if (mentioned.size() < names.size()) {
      speakers.forEach(
          (seq, name) -> {
            if (mentioned.contains(name)) {
              named.add(seq);
            }
          });
    }
    return new NamedSpeakers(named);
  }

  List<Ranked> amongCosines(List<Ranked> bestFirst) {
    return preferred(bestFirst, cosine -> cosine + COSINE_OFFSET);
  }

  List<Ranked> amongBm25(List<Ranked> bestFirst) {
    return preferred(bestFirst, score -> score * BM25_FACTOR);
  }

  private List<Ranked> preferred(List<Ranked> bestFirst, DoubleUnaryOperator raised) {
    if (named.isEmpty()) {
      return bestFirst;
    }
    List<Ranked> ranking = new ArrayList<>(bestFirst.size());
    for (Ranked hit : bestFirst) {
      ranking.add(
          named.contains(hit.seq())
              ? new Ranked(hit.seq(), raised.applyAsDouble(hit.score()))
              : hit);
    }
    ranking.sort(
        Comparator.comparingDouble(Ranked::score).thenComparingLong(Ranked::seq).reversed());
    return ranking;
  }

  /** A name that is an everyday word, like Will, is not taken for one. */
  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT))) {
      if (word.length() >= MIN_LETTERS && !Words.isStop(word)) {
        words.add(word);
      }
    }
    return words;
  }
}
