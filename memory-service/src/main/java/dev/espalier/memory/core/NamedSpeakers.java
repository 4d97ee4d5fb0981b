package dev.espalier.memory.core;

import dev.espalier.memory.core.summary.Words;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The speakers that a question names. */
final class NamedSpeakers {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int MIN_LETTERS = 2;

  private NamedSpeakers() {}

  /**
   * @param speakers all that might be named
   * @return those of whose name a word stands in the question; none when that is all of them, which
   *     says nothing
   */
  static Set<String> in(String question, Collection<String> speakers) {
    Set<String> asked = words(question);
    Set<String> all = new HashSet<>(speakers);
    Set<String> named = new HashSet<>();
    for (String speaker : all) {
      if (words(speaker).stream().anyMatch(asked::contains)) {
        named.add(speaker);
      }
    }
    return named.size() < all.size() ? named : Set.of();
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
