package dev.espalier.maths;

import java.math.BigInteger;
import java.util.Map;

/**
 * Arithmetic modulo the prime 2^61 - 1, and the evaluation of polynomials at points that a hash of
 * each name gives.
 *
 * <p>Two different rational functions of degree d agree at a random point with a probability of at
 * most about d / 2^61 (Schwartz 1980, Zippel 1979), so equal values mean equal functions. The point
 * is fixed, because a value has to mean the same in every process.
 */
final class PrimeField {

  static final long P = (1L << 61) - 1;

  private static final BigInteger BIG_P = BigInteger.valueOf(P);

  private PrimeField() {}

  static long valueOf(Polynomial polynomial) {
    long sum = 0;
    for (Map.Entry<Monomial, Rational> term : polynomial.terms().entrySet()) {
      long product = valueOf(term.getValue());
      for (Map.Entry<String, Integer> power : term.getKey().exponents().entrySet()) {
        product = times(product, power(pointOf(power.getKey()), power.getValue()));
      }
      sum = plus(sum, product);
    }
    return sum;
  }

  static long valueOf(Rational rational) {
    return times(residue(rational.numerator()), inverse(residue(rational.denominator())));
  }

  static long plus(long a, long b) {
    long sum = a + b;
    return sum >= P ? sum - P : sum;
  }

  static long negated(long a) {
    return a == 0 ? 0 : P - a;
  }

  static long times(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    long folded = (low & P) + ((low >>> 61) | (high << 3));
    folded = (folded & P) + (folded >>> 61);
    return folded >= P ? folded - P : folded;
  }

  static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long e = exponent; e > 0; e >>= 1) {
      if ((e & 1) == 1) {
        result = times(result, square);
      }
      square = times(square, square);
    }
    return result;
  }

  static long inverse(long a) {
    if (a == 0) {
      throw new Unreadable("division by zero");
    }
    return power(a, P - 2);
  }

  /** Where a name is evaluated: FNV-1a over its characters, then the finaliser of SplitMix64. */
  static long pointOf(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return Math.floorMod(hash ^ (hash >>> 31), P - 2) + 2;
  }

  private static long residue(BigInteger value) {
    return value.mod(BIG_P).longValueExact();
  }
}
