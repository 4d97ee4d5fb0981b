package dev.espalier.maths;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms with a positive denominator.
 *
 * @param numerator carries the sign
 * @param denominator positive
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {

  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  /** Beyond this many bits a number is no longer read: `9^9^9^9` must not cost anything. */
  private static final int MAX_BITS = 2048;

  private static final int MAX_EXPONENT = 1024;

  public Rational {
    if (denominator.signum() == 0) {
      throw new Unreadable("division by zero");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    if (!divisor.equals(BigInteger.ONE)) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
    if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
      throw new Unreadable("number too large");
    }
  }

  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * Reads plain decimal digits with at most one point, such as {@code 12}, {@code .5}, {@code 4.}.
   */
  public static Rational ofDecimal(String digits) {
    if (digits.length() > 200) {
      throw new Unreadable("number too long");
    }
    BigDecimal decimal = new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
    return decimal.scale() <= 0
        ? new Rational(decimal.toBigInteger(), BigInteger.ONE)
        : new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational negated() {
    return new Rational(numerator.negate(), denominator);
  }

  public Rational minus(Rational other) {
    return plus(other.negated());
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public Rational dividedBy(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  Rational power(Rational exponent) {
    if (!exponent.isInteger() || exponent.numerator.bitLength() > 31) {
      throw new Unreadable("exponent");
    }
    int power = exponent.numerator.intValueExact();
    int size = Math.max(numerator.bitLength(), denominator.bitLength());
    if (Math.abs(power) > MAX_EXPONENT || (long) Math.abs(power) * size > 2L * MAX_BITS) {
      throw new Unreadable("power too large");
    }
    return power >= 0
        ? new Rational(numerator.pow(power), denominator.pow(power))
        : new Rational(denominator.pow(-power), numerator.pow(-power));
  }

  public boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  public int signum() {
    return numerator.signum();
  }

  /** Whether the decimal {@code rounded}, written with so many places, is this number rounded. */
  public boolean roundsTo(Rational rounded, int places) {
    Rational unit = new Rational(BigInteger.ONE, BigInteger.TEN.pow(Math.min(places, 12)));
    Rational gap = minus(rounded);
    return gap.times(gap).compareTo(unit.times(unit)) < 0;
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }
}
