package dev.espalier.maths;

import java.util.List;

/** What a piece of mathematics says, as it was written: nothing is simplified yet. */
public sealed interface Expression {

  /**
   * A number as written.
   *
   * @param places decimal places that were written, which tell a rounded value from an exact one
   */
  record Literal(Rational value, int places) implements Expression {}

  /** A variable, a constant such as pi, or another indivisible name such as an angle. */
  record Name(String name) implements Expression {}

  record Sum(Expression left, Expression right) implements Expression {}

  record Negation(Expression of) implements Expression {}

  record Product(Expression left, Expression right) implements Expression {}

  record Quotient(Expression dividend, Expression divisor) implements Expression {}

  record Power(Expression base, Expression exponent) implements Expression {}

  record Root(Expression of, int index) implements Expression {}

  /** A function whose meaning does not matter here: equal name and equal arguments, equal value. */
  record Application(String function, Expression argument) implements Expression {}

  /** A point, an interval or a list. */
  record Tuple(String brackets, List<Expression> members) implements Expression {

    public Tuple {
      members = List.copyOf(members);
    }
  }
}
