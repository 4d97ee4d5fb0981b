package dev.espalier.maths;

import dev.espalier.maths.Expression.Literal;
import java.util.List;
import java.util.Optional;

/** Whether a chain of equal signs holds. */
public enum Verification {
  /** All members are worth the same. */
  IDENTITY,
  /** A member is another one rounded. */
  ROUNDED,
  /** The members are numbers and not equal: the arithmetic is wrong. */
  FALSE,
  /** Members hold variables, and are equal under a condition only. */
  CONDITIONAL;

  public static Verification of(List<Expression> members, Algebra algebra) {
    Verification worst = IDENTITY;
    for (int i = 1; i < members.size(); i++) {
      Verification link = of(members.get(i - 1), members.get(i), algebra);
      worst = link.compareTo(worst) > 0 ? link : worst;
    }
    return worst;
  }

  private static Verification of(Expression left, Expression right, Algebra algebra) {
    Optional<Value> a = algebra.value(left);
    Optional<Value> b = algebra.value(right);
    if (a.isEmpty() || b.isEmpty()) {
      return CONDITIONAL;
    }
    if (a.get().key().equals(b.get().key())) {
      return IDENTITY;
    }
    Optional<Rational> x = a.get().exact();
    Optional<Rational> y = b.get().exact();
    if (x.isEmpty() || y.isEmpty()) {
      return CONDITIONAL;
    }
    boolean rounded =
        right instanceof Literal literal
            && !x.get().isInteger()
            && x.get().roundsTo(y.get(), literal.places());
    return rounded ? ROUNDED : FALSE;
  }
}
