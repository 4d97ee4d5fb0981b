package dev.espalier.memory.evaluation.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Invented words, few of them frequent and most of them rare, as in a language. */
final class Vocabulary {

  /*
   * Zipf-Mandelbrot: the word of rank r is drawn in proportion to 1 / (r + 20)^1.05. The shift
   * stands for the most frequent words of a language, which are stop words and not among these.
   */
  private static final double SHIFT = 20;
  private static final double EXPONENT = 1.05;

  private static final List<String> ONSETS =
      List.of("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "kl", "st");
  private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "ai", "ou");
  private static final List<String> ENDS = List.of("", "", "n", "l", "r", "k", "m", "nt");

  private final List<String> words;
  private final double[] cumulated;

  private Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    cumulated = new double[words.size()];
    double sum = 0;
    for (int i = 0; i < cumulated.length; i++) {
      sum += 1 / Math.pow(i + 1 + SHIFT, EXPONENT);
      cumulated[i] = sum;
    }
  }

  static Vocabulary invent(int size, SplittableRandom random) {
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < size) {
      StringBuilder word = new StringBuilder();
      int syllables = 2 + random.nextInt(3);
      for (int i = 0; i < syllables; i++) {
        word.append(pick(ONSETS, random)).append(pick(VOWELS, random));
      }
      words.add(word.append(pick(ENDS, random)).toString());
    }
    return new Vocabulary(new ArrayList<>(words));
  }

  String word(SplittableRandom random) {
    return words.get(rank(random));
  }

  /** From 0, the most frequent word. */
  int rank(SplittableRandom random) {
    double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, drawn);
    return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
  }

  static <T> T pick(List<T> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
