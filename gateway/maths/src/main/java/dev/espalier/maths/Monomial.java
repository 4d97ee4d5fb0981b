package dev.espalier.maths;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A product of powers of names. A square root of an integer is the name {@code √n}; a monomial has
 * at most one of them, with exponent one, so that equal numbers have equal monomials.
 *
 * @param exponents name to a positive exponent
 */
record Monomial(SortedMap<String, Integer> exponents) implements Comparable<Monomial> {

  static final Monomial ONE = new Monomial(new TreeMap<>());

  private static final int MAX_EXPONENT = 64;

  /** A product of two monomials and the integer that two roots leave: {@code √6 √2 = 2 √3}. */
  record Scaled(Rational factor, Monomial monomial) {}

  static Monomial of(String name) {
    return new Monomial(new TreeMap<>(Map.of(name, 1)));
  }

  static boolean isRoot(String name) {
    return name.startsWith("√") && name.length() > 1 && Character.isDigit(name.charAt(1));
  }

  Scaled times(Monomial other) {
    TreeMap<String, Integer> product = new TreeMap<>(exponents);
    for (Map.Entry<String, Integer> power : other.exponents.entrySet()) {
      if (product.merge(power.getKey(), power.getValue(), Integer::sum) > MAX_EXPONENT) {
        throw new Unreadable("exponent");
      }
    }
    return withOneRoot(product);
  }

  private static Scaled withOneRoot(TreeMap<String, Integer> product) {
    BigInteger factor = BigInteger.ONE;
    BigInteger radicand = BigInteger.ONE;
    for (Map.Entry<String, Integer> power : List.copyOf(product.entrySet())) {
      String name = power.getKey();
      if (isRoot(name)) {
        BigInteger n = new BigInteger(name.substring(1));
        int exponent = power.getValue();
        product.remove(name);
        factor = factor.multiply(n.pow(exponent / 2));
        if (exponent % 2 == 1) {
          BigInteger common = n.gcd(radicand);
          factor = factor.multiply(common);
          radicand = radicand.divide(common).multiply(n.divide(common));
        }
      }
    }
    if (!radicand.equals(BigInteger.ONE)) {
      product.put("√" + radicand, 1);
    }
    return new Scaled(new Rational(factor, BigInteger.ONE), new Monomial(product));
  }

  @Override
  public int compareTo(Monomial other) {
    return exponents.toString().compareTo(other.exponents.toString());
  }
}
