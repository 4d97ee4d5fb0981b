package dev.espalier.maths;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A polynomial over the rationals in any number of names.
 *
 * @param terms monomial to a coefficient that is not zero
 */
record Polynomial(SortedMap<Monomial, Rational> terms) {

  private static final int MAX_TERMS = 120;

  static Polynomial constant(Rational value) {
    TreeMap<Monomial, Rational> terms = new TreeMap<>();
    if (value.signum() != 0) {
      terms.put(Monomial.ONE, value);
    }
    return new Polynomial(terms);
  }

  static Polynomial of(String name) {
    return new Polynomial(new TreeMap<>(Map.of(Monomial.of(name), Rational.ONE)));
  }

  Polynomial plus(Polynomial other) {
    TreeMap<Monomial, Rational> sum = new TreeMap<>(terms);
    other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient));
    return new Polynomial(sum);
  }

  Polynomial times(Polynomial other) {
    if ((long) terms.size() * other.terms.size() > 4L * MAX_TERMS) {
      throw new Unreadable("too many terms");
    }
    TreeMap<Monomial, Rational> product = new TreeMap<>();
    for (Map.Entry<Monomial, Rational> a : terms.entrySet()) {
      for (Map.Entry<Monomial, Rational> b : other.terms.entrySet()) {
        Monomial.Scaled scaled = a.getKey().times(b.getKey());
        add(product, scaled.monomial(), a.getValue().times(b.getValue()).times(scaled.factor()));
      }
    }
    if (product.size() > MAX_TERMS) {
      throw new Unreadable("too many terms");
    }
    return new Polynomial(product);
  }

  Polynomial times(Rational factor) {
    return times(constant(factor));
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  Optional<Rational> constant() {
    if (terms.isEmpty()) {
      return Optional.of(Rational.ZERO);
    }
    return terms.size() == 1 ? Optional.ofNullable(terms.get(Monomial.ONE)) : Optional.empty();
  }

  /** Some root of an integer in this polynomial, if there is one. */
  Optional<String> root() {
    return terms.keySet().stream()
        .flatMap(monomial -> monomial.exponents().keySet().stream())
        .filter(Monomial::isRoot)
        .findFirst();
  }

  /** This polynomial with the sign of every term turned that holds the root. */
  Polynomial conjugate(String root) {
    TreeMap<Monomial, Rational> conjugate = new TreeMap<>();
    terms.forEach(
        (monomial, coefficient) ->
            conjugate.put(
                monomial,
                monomial.exponents().containsKey(root) ? coefficient.negated() : coefficient));
    return new Polynomial(conjugate);
  }

  /** This polynomial divided by the coefficient of its first term. */
  Polynomial monic() {
    return isZero() ? this : times(Rational.ONE.dividedBy(leading()));
  }

  Rational leading() {
    return terms.values().iterator().next();
  }

  private static void add(TreeMap<Monomial, Rational> sum, Monomial monomial, Rational addend) {
    Rational old = sum.get(monomial);
    Rational coefficient = old == null ? addend : old.plus(addend);
    if (coefficient.signum() == 0) {
      sum.remove(monomial);
    } else {
      sum.put(monomial, coefficient);
    }
  }
}
