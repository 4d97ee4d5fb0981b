package dev.espalier.equivalence.core.claims;

import dev.espalier.maths.Algebra;
import dev.espalier.maths.Boxed;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Value;
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
    Optional<String> answer = Boxed.last(text);
    if (answer.isEmpty()) {
      Matcher phrase = PHRASE.matcher(text);
      while (phrase.find()) {
        answer = Optional.of(phrase.group(1));
      }
    }
    return answer.map(FinalAnswer::normal);
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
