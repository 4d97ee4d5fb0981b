package dev.espalier.equivalence.core.claims;

import dev.espalier.maths.Expression;
import dev.espalier.maths.Expression.Application;
import dev.espalier.maths.Expression.Literal;
import dev.espalier.maths.Expression.Negation;
import dev.espalier.maths.Expression.Power;
import dev.espalier.maths.Expression.Product;
import dev.espalier.maths.Expression.Quotient;
import dev.espalier.maths.Expression.Root;
import dev.espalier.maths.Expression.Sum;
import java.util.Collection;

/** The numbers that enter an expression. */
final class Operands {

  private Operands() {}

  /** Whether a constant is written out, as a number or a fraction, and not left to compute. */
  static boolean isPlain(Expression e) {
    if (e instanceof Negation negation) {
      return isPlain(negation.of());
    }
    if (e instanceof Quotient quotient) {
      return quotient.dividend() instanceof Literal && quotient.divisor() instanceof Literal;
    }
    return e instanceof Literal;
  }

  static void collect(Expression e, Collection<String> values) {
    if (e instanceof Literal literal) {
      values.add(literal.value().toString());
    } else if (e instanceof Sum sum) {
      collect(sum.left(), values);
      collect(sum.right(), values);
    } else if (e instanceof Negation negation) {
      collect(negation.of(), values);
    } else if (e instanceof Product product) {
      collect(product.left(), values);
      collect(product.right(), values);
    } else if (e instanceof Quotient quotient) {
      collect(quotient.dividend(), values);
      collect(quotient.divisor(), values);
    } else if (e instanceof Power power) {
      collect(power.base(), values);
    } else if (e instanceof Root root) {
      collect(root.of(), values);
    } else if (e instanceof Application application) {
      collect(application.argument(), values);
    }
  }
}
