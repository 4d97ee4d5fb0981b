package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import dev.espalier.equivalence.core.text.Tokens;
import dev.espalier.maths.Algebra;
import dev.espalier.maths.MathsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of a text in order, as exact values: {@code 0.25}, {@code 25%} and {@code 1/4} are
 * one.
 */
final class Numbers {

  private Numbers() {}

  static List<String> in(List<Token> tokens) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isNumber()) {
        numbers.add(value(text(tokens, i)));
      } else if (token.is(Kind.MATHS)) {
        String plain = token.text().replace("{,}", "").replaceAll("[^0-9.]+", " ").strip();
        Tokens.of(plain).stream()
            .filter(t -> t.is(Kind.NUMBER))
            .forEach(t -> numbers.add(value(t.text())));
      }
    }
    return numbers;
  }

  /** Where numbers stand that are a quantity of their own, and not part of a formula. */
  static Map<Integer, String> positions(List<Token> tokens) {
    Map<Integer, String> positions = new TreeMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isNumber()) {
        positions.put(i, value(text(tokens, i)));
      } else if (token.is(Kind.MATHS)
          && token.text().matches("[-+]?[\\d.,{}]+(?:\\\\%|\\^.{1,8})?")) {
        positions.put(i, value(token.text()));
      }
    }
    return positions;
  }

  private static String text(List<Token> tokens, int i) {
    boolean percent = i + 1 < tokens.size() && tokens.get(i + 1).isSign("%");
    return percent ? tokens.get(i).text() + "\\%" : tokens.get(i).text();
  }

  private static String value(String text) {
    return MathsReader.read(text)
        .flatMap(relation -> new Algebra().value(relation.last()))
        .map(v -> v.key())
        .orElse(text);
  }
}
