package dev.espalier.maths;

/** A quotient of polynomials whose denominator holds no root. */
record RationalForm(Polynomial numerator, Polynomial denominator) {

  static RationalForm of(Polynomial numerator) {
    return new RationalForm(numerator, Polynomial.constant(Rational.ONE));
  }

  RationalForm plus(RationalForm other) {
    return new RationalForm(
        numerator.times(other.denominator).plus(other.numerator.times(denominator)),
        denominator.times(other.denominator));
  }

  RationalForm times(RationalForm other) {
    return new RationalForm(numerator.times(other.numerator), denominator.times(other.denominator));
  }

  RationalForm negated() {
    return new RationalForm(numerator.times(Rational.of(-1)), denominator);
  }

  RationalForm inverse() {
    if (numerator.isZero()) {
      throw new Unreadable("division by zero");
    }
    Polynomial top = denominator;
    Polynomial bottom = numerator;
    for (int i = 0; i < 4 && bottom.root().isPresent(); i++) {
      Polynomial conjugate = bottom.conjugate(bottom.root().get());
      top = top.times(conjugate);
      bottom = bottom.times(conjugate);
    }
    return new RationalForm(top, bottom);
  }

  int terms() {
    return numerator.terms().size() + denominator.terms().size();
  }
}
