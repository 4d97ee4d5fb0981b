package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.maths.Algebra;
import dev.espalier.equivalence.core.maths.Expression.Literal;
import dev.espalier.equivalence.core.maths.MathsReader;
import dev.espalier.equivalence.core.maths.Rational;
import dev.espalier.equivalence.core.maths.Relation;
import dev.espalier.equivalence.core.maths.Value;
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

  private static final Pattern EQUATION = Pattern.compile("([^=]{1,80})=([^=(]{1,40})\\(");

  private RemainingState() {}

  /** The numbers left, as sorted exact values. */
  static Optional<String> of(String text) {
    Matcher left = LEFT.matcher(text);
    String numbers = null;
    int start = 0;
    while (left.find()) {
      numbers = left.group(1);
      start = left.start();
    }
    if (numbers == null) {
      return Optional.empty();
    }
    Optional<Rounding> rounding = Rounding.in(text.substring(0, start + 1));
    List<String> values = new ArrayList<>();
    for (String number : numbers.strip().split("[ ,]+")) {
      Optional<Rational> value = number(number);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      Rational read = value.get();
      values.add(
          rounding
              .filter(r -> r.written().equals(read))
              .map(Rounding::exact)
              .orElse(read)
              .toString());
    }
    Collections.sort(values);
    return Optional.of(String.join(" ", values));
  }

  private static Optional<Rational> number(String text) {
    return MathsReader.read(text)
        .flatMap(relation -> new Algebra().value(relation.last()))
        .flatMap(Value::exact);
  }

  /** A rounded result stands for the exact one. */
  private record Rounding(Rational written, Rational exact) {

    static Optional<Rounding> in(String text) {
      Matcher equation = EQUATION.matcher(text);
      Optional<Rounding> found = Optional.empty();
      while (equation.find()) {
        found = of(equation.group(1), equation.group(2));
      }
      return found;
    }

    private static Optional<Rounding> of(String left, String right) {
      Optional<Rational> exact = number(left);
      Optional<Relation> result = MathsReader.read(right);
      if (exact.isPresent()
          && result.isPresent()
          && result.get().last() instanceof Literal literal
          && exact.get().roundsTo(literal.value(), literal.places())) {
        return Optional.of(new Rounding(literal.value(), exact.get()));
      }
      return Optional.empty();
    }
  }
}
