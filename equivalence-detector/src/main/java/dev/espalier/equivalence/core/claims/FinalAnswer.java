package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.maths.Algebra;
import dev.espalier.equivalence.core.maths.MathsReader;
import dev.espalier.equivalence.core.maths.Value;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The final answer that a step gives, in a form in which equal answers are equal. */
final class FinalAnswer {

  private static final Pattern PHRASE =
      Pattern.compile(
          "(?:#### ?|(?i:(?:final )?answer (?:is|=)|^a:|answer:) ?)\\$?([^\\n]{1,120}?)\\$?(?:[.!]? ?$|[.!] )");

  private FinalAnswer() {}

  static Optional<String> of(String text) {
    Optional<String> answer = boxed(text);
    if (answer.isEmpty()) {
      Matcher phrase = PHRASE.matcher(text);
      while (phrase.find()) {
        answer = Optional.of(phrase.group(1));
      }
    }
    return answer.map(FinalAnswer::normal);
  }

  private static Optional<String> boxed(String text) {
    int at = text.lastIndexOf("\\boxed");
    int open = at < 0 ? -1 : text.indexOf('{', at);
    if (open < 0) {
      return Optional.empty();
    }
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return Optional.of(text.substring(open + 1, i));
      }
    }
    return Optional.empty();
  }

  private static String normal(String answer) {
    String plain =
        answer
            .replaceAll("\\\\(?:text|mathrm|textbf|mbox)\\s*\\{([^{}]*)\\}", " $1 ")
            .replaceAll("\\\\boxed|[$£€]|\\\\$|\\*", "")
            .strip();
    Matcher number = Pattern.compile("^(-?\\d+(?:\\.\\d+)?)(?:\\s+[\\p{L} ]+)?$").matcher(plain);
    String maths = number.matches() ? number.group(1) : plain;
    return MathsReader.read(maths)
        .filter(relation -> relation.members().size() == 1)
        .flatMap(relation -> new Algebra().value(relation.last()))
        .map(Value::key)
        .orElse(plain.replaceAll("[\\s{}]+", " ").strip());
  }
}
