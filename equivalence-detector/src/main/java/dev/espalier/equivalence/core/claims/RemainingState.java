package dev.espalier.equivalence.core.claims;

import dev.espalier.maths.Algebra;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Rational;
import dev.espalier.maths.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state that a step spells out, as in the Game of 24: {@code 10 / 4 = 2.5 (left: 2.5 4 9)}. Two
 * such steps are equivalent exactly when the same numbers are left.
 */
final class RemainingState {

  private static final Pattern LEFT =
      Pattern.compile("\\((?i:left|remaining|numbers left): ?([-+\\d./, ()]{1,200})\\)");

  private RemainingState() {}

  /** The numbers left, as sorted exact values. */
  static Optional<String> of(String text) {
    Matcher left = LEFT.matcher(text);
    String numbers = null;
    while (left.find()) {
      numbers = left.group(1);
    }
    if (numbers == null) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (String number : numbers.strip().split("[ ,]+")) {
      Optional<Rational> value = number(number);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get().toString());
    }
    Collections.sort(values);
    return Optional.of(String.join(" ", values));
  }

  private static Optional<Rational> number(String text) {
    return MathsReader.read(text)
        .flatMap(relation -> new Algebra().value(relation.last()))
        .flatMap(Value::exact);
  }
}
