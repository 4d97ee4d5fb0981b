package dev.espalier.equivalence.core.maths;

import java.util.Optional;

/** What two pieces of mathematics have in common: worth, written form, relation up to a factor. */
public final class Algebra {

  private Algebra() {}

  /** What the expression is worth, or empty where that would cost too much or is undefined. */
  public static Optional<Value> value(Expression expression) {
    try {
      return Optional.of(new NormalForms().of(expression));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  /** The form in which the expression stands, up to the order of addends and factors. */
  public static Optional<String> form(Expression expression) {
    try {
      return Optional.of(WrittenForm.of(expression));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  /**
   * A key that algebraically equal equations share: {@code 2x = 6} and {@code x - 3 = 0} have the
   * same one.
   */
  public static Optional<String> equationKey(Expression left, Expression right) {
    try {
      Polynomial difference = new NormalForms().difference(left, right).monic();
      return Optional.of(Long.toHexString(PrimeField.valueOf(difference)));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }
}
