package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;

/** The four operations. */
public enum Operator {
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDED_BY("/");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  static Operator of(String sign) {
    return switch (sign) {
      case "+" -> PLUS;
      case "-", "−" -> MINUS;
      case "*", "×" -> TIMES;
      case "/", "÷" -> DIVIDED_BY;
      default -> throw new IllegalArgumentException("no operator");
    };
  }

  public String sign() {
    return sign;
  }

  public boolean isCommutative() {
    return this == PLUS || this == TIMES;
  }

  /** Whether the result is defined. */
  public boolean accepts(Rational right) {
    return this != DIVIDED_BY || right.signum() != 0;
  }

  public Rational apply(Rational left, Rational right) {
    return switch (this) {
      case PLUS -> left.plus(right);
      case MINUS -> left.minus(right);
      case TIMES -> left.times(right);
      case DIVIDED_BY -> left.dividedBy(right);
    };
  }
}
