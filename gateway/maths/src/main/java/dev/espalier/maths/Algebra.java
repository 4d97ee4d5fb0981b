package dev.espalier.maths;

import java.util.Optional;

/**
 * What two pieces of mathematics have in common: worth, written form, relation up to a factor. One
 * instance has one budget of work for everything that it is asked, so that a text costs no more
 * than that however many formulas it holds.
 */
public final class Algebra {

  private static final int UNITS = 8_000;

  private final Work work = new Work(UNITS);

  /** What the expression is worth, or empty where that would cost too much or is undefined. */
  public Optional<Value> value(Expression expression) {
    try {
      return Optional.of(new NormalForms(work).of(expression));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  /** The form in which the expression stands, up to the order of addends and factors. */
  public Optional<String> form(Expression expression) {
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
  public Optional<String> equationKey(Expression left, Expression right) {
    try {
      Polynomial difference = new NormalForms(work).difference(left, right).monic();
      return Optional.of(Long.toHexString(PrimeField.valueOf(difference)));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }
}
