package dev.espalier.search.core.answer;

import dev.espalier.maths.Boxed;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the final answer in a text, as it is written. */
public final class FinalAnswer {

  /** GSM8K's mark, a line that starts with A, or a sentence such as "The answer is". */
  private static final Pattern MARK =
      Pattern.compile(
          "####|(?m:^\\s*A\\s*:)|(?i:\\banswer\\b\\*{0,2}\\s*(?:is\\b\\s*:?|:|=))\\*{0,2}");

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d.])[-−]?[$£€]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:(?<=\\d)|\\.(?=\\d))(?:\\.?\\d+)?(?:/\\d+)?%?");

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)");

  /** What is longer is no answer. */
  private static final int MAX_CHARACTERS = 300;

  private FinalAnswer() {}

  /**
   * The answer that the text marks as such, or else its last number.
   *
   * @return empty where there is neither
   */
  public static Optional<String> of(String text) {
    return marked(text).or(() -> lastNumber(text));
  }

  /** The last box, or else what follows the last mark: {@code ####}, {@code A:}, "answer is". */
  public static Optional<String> marked(String text) {
    Optional<String> boxed = Boxed.last(text).map(String::strip);
    if (boxed.isPresent() && !boxed.get().isEmpty()) {
      return boxed;
    }
    Optional<String> answer = Optional.empty();
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      String rest =
          text.substring(mark.end(), Math.min(text.length(), mark.end() + MAX_CHARACTERS));
      String stated = bare(rest.stripLeading().lines().findFirst().orElse(""));
      if (!stated.isEmpty()) {
        answer = Optional.of(stated);
      }
    }
    return answer;
  }

  private static Optional<String> lastNumber(String text) {
    String last = null;
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      if (!number.group().isEmpty()) {
        last = number.group();
      }
    }
    return Optional.ofNullable(last);
  }

  /** The first sentence, without emphasis and delimiters of mathematics. */
  private static String bare(String line) {
    Matcher end = SENTENCE_END.matcher(line);
    String sentence = end.find() ? line.substring(0, end.start()) : line;
    return sentence.replaceAll("\\*\\*|\\\\[()\\[\\]]|^\\$(?=.*\\$$)|(?<=.)\\$$", "").strip();
  }
}
