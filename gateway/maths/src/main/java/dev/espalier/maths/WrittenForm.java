package dev.espalier.maths;

import dev.espalier.maths.Expression.Application;
import dev.espalier.maths.Expression.Literal;
import dev.espalier.maths.Expression.Name;
import dev.espalier.maths.Expression.Negation;
import dev.espalier.maths.Expression.Power;
import dev.espalier.maths.Expression.Product;
import dev.espalier.maths.Expression.Quotient;
import dev.espalier.maths.Expression.Root;
import dev.espalier.maths.Expression.Sum;
import dev.espalier.maths.Expression.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The form in which an expression stands, up to what carries no meaning: the order of addends and
 * factors, and how a number is written. {@code (x+1)(x+2)} and {@code x^2+3x+2} are worth the same
 * but are different forms, and a step that turns one into the other makes progress.
 */
final class WrittenForm {

  private WrittenForm() {}

  static String of(Expression expression) {
    if (expression instanceof Literal literal) {
      return literal.value().toString();
    }
    if (expression instanceof Name name) {
      return name.name();
    }
    if (expression instanceof Sum || expression instanceof Negation) {
      return sum(expression);
    }
    if (expression instanceof Product || expression instanceof Quotient) {
      return product(expression);
    }
    if (expression instanceof Power power) {
      return of(power.base()) + "^" + bracketed(power.exponent());
    }
    if (expression instanceof Root root) {
      return "root" + root.index() + bracketed(root.of());
    }
    if (expression instanceof Application application) {
      return application.function() + bracketed(application.argument());
    }
    if (expression instanceof Tuple tuple) {
      return tuple.members().stream()
          .map(WrittenForm::of)
          .collect(Collectors.joining(",", tuple.brackets() + "[", "]"));
    }
    throw new IllegalArgumentException("no such expression");
  }

  private static String sum(Expression expression) {
    List<String> addends = new ArrayList<>();
    collect(expression, false, addends);
    if (addends.size() == 1) {
      return addends.get(0);
    }
    Collections.sort(addends);
    return "(" + String.join("+", addends) + ")";
  }

  private static void collect(Expression expression, boolean negative, List<String> addends) {
    if (expression instanceof Sum sum) {
      collect(sum.left(), negative, addends);
      collect(sum.right(), negative, addends);
    } else if (expression instanceof Negation negation) {
      collect(negation.of(), !negative, addends);
    } else if (expression instanceof Literal literal) {
      addends.add((negative ? literal.value().negated() : literal.value()).toString());
    } else {
      addends.add(negative ? factors(expression, Rational.of(-1)) : of(expression));
    }
  }

  private static String product(Expression expression) {
    return factors(expression, Rational.ONE);
  }

  /** A quotient of two literals is one number; other literal factors stay as they stand. */
  private static String factors(Expression expression, Rational sign) {
    List<Rational> numbers = new ArrayList<>();
    List<String> factors = new ArrayList<>();
    gather(expression, false, numbers, factors);
    List<String> all = new ArrayList<>(factors);
    Rational negative = sign;
    for (Rational number : numbers) {
      Rational magnitude = number;
      if (number.signum() < 0) {
        negative = negative.negated();
        magnitude = number.negated();
      }
      if (!magnitude.equals(Rational.ONE)) {
        all.add(magnitude.toString());
      }
    }
    Collections.sort(all);
    String joined = all.isEmpty() ? "1" : String.join("*", all);
    return negative.signum() < 0 ? "-" + joined : joined;
  }

  private static void gather(
      Expression expression, boolean inverse, List<Rational> numbers, List<String> factors) {
    if (expression instanceof Product product) {
      gather(product.left(), inverse, numbers, factors);
      gather(product.right(), inverse, numbers, factors);
    } else if (expression instanceof Quotient quotient) {
      fraction(quotient, inverse, numbers, factors);
    } else if (expression instanceof Negation negation) {
      numbers.add(Rational.of(-1));
      gather(negation.of(), inverse, numbers, factors);
    } else if (expression instanceof Literal literal && literal.value().signum() != 0) {
      numbers.add(inverse ? Rational.ONE.dividedBy(literal.value()) : literal.value());
    } else {
      factors.add(inverse ? "1/" + of(expression) : of(expression));
    }
  }

  private static void fraction(
      Quotient quotient, boolean inverse, List<Rational> numbers, List<String> factors) {
    if (quotient.dividend() instanceof Literal top
        && quotient.divisor() instanceof Literal bottom
        && top.value().signum() != 0
        && bottom.value().signum() != 0) {
      Rational value = top.value().dividedBy(bottom.value());
      numbers.add(inverse ? Rational.ONE.dividedBy(value) : value);
    } else {
      gather(quotient.dividend(), inverse, numbers, factors);
      gather(quotient.divisor(), !inverse, numbers, factors);
    }
  }

  private static String bracketed(Expression expression) {
    return "(" + of(expression) + ")";
  }
}
