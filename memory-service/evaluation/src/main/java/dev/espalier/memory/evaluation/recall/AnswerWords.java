package dev.espalier.memory.evaluation.recall;

import dev.espalier.memory.core.summary.Words;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** How many of an answer's words a summary holds: coverage without a judge. */
final class AnswerWords {

  private AnswerWords() {}

  /** The words of all texts. */
  static Set<String> of(Collection<String> texts) {
    Set<String> words = new HashSet<>();
    texts.forEach(text -> words.addAll(Words.of(text)));
    return words;
  }

  /**
   * The share of the answer's content words that are there, in %; -1 for an answer without any.
   *
   * @param words of the summaries
   */
  static double covered(String answer, Set<String> words) {
    Set<String> asked = Words.of(answer);
    if (asked.isEmpty()) {
      return -1;
    }
    return 100.0 * asked.stream().filter(words::contains).count() / asked.size();
  }
}
