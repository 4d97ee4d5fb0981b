package dev.espalier.maths;

import dev.espalier.maths.Expression.Application;
import dev.espalier.maths.Expression.Literal;
import dev.espalier.maths.Expression.Name;
import dev.espalier.maths.Expression.Negation;
import dev.espalier.maths.Expression.Power;
import dev.espalier.maths.Expression.Product;
import dev.espalier.maths.Expression.Quotient;
import dev.espalier.maths.Expression.Root;
import dev.espalier.maths.Expression.Sum;
import dev.espalier.maths.Expression.Tuple;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings expressions to a quotient of polynomials, and where that grows too large evaluates them
 * modulo a prime instead. When the budget of work is spent, nothing more is read.
 */
final class NormalForms {

  private static final int MAX_POWER = 24;

  /** Trial division stops here. */
  private static final BigInteger MAX_RADICAND = BigInteger.valueOf(1_000_000_000L);

  private final Work work;

  NormalForms(Work work) {
    this.work = work;
  }

  Value of(Expression expression) {
    if (expression instanceof Tuple tuple) {
      return new Value(
          tuple.members().stream()
              .map(member -> of(member).key())
              .collect(Collectors.joining(",", tuple.brackets(), ";")),
          Optional.empty());
    }
    try {
      return valueOf(form(expression));
    } catch (Unreadable tooLarge) {
      return Value.fingerprint(residue(expression));
    }
  }

  /** The numerator of left minus right with a leading coefficient of one: equal up to a factor. */
  Polynomial difference(Expression left, Expression right) {
    return sum(form(left), form(right).negated()).numerator();
  }

  private static Value valueOf(RationalForm form) {
    Optional<Rational> top = form.numerator().constant();
    Optional<Rational> bottom = form.denominator().constant();
    if (top.isPresent() && bottom.isPresent()) {
      return Value.of(top.get().dividedBy(bottom.get()));
    }
    return Value.fingerprint(
        PrimeField.times(
            PrimeField.valueOf(form.numerator()),
            PrimeField.inverse(PrimeField.valueOf(form.denominator()))));
  }

  private RationalForm form(Expression expression) {
    work.spend(1);
    if (expression instanceof Literal literal) {
      return RationalForm.of(Polynomial.constant(literal.value()));
    }
    if (expression instanceof Name name) {
      return RationalForm.of(Polynomial.of(name.name()));
    }
    if (expression instanceof Sum sum) {
      return sum(form(sum.left()), form(sum.right()));
    }
    if (expression instanceof Negation negation) {
      return form(negation.of()).negated();
    }
    if (expression instanceof Product product) {
      return product(form(product.left()), form(product.right()));
    }
    if (expression instanceof Quotient quotient) {
      return product(form(quotient.dividend()), inverse(form(quotient.divisor())));
    }
    if (expression instanceof Power power) {
      return power(power);
    }
    if (expression instanceof Root root) {
      return root(root);
    }
    if (expression instanceof Application application) {
      return application(application);
    }
    throw new Unreadable("tuple inside an expression");
  }

  private RationalForm power(Power power) {
    Value exponent = of(power.exponent());
    RationalForm base = form(power.base());
    Optional<Rational> constant = valueOf(base).exact();
    if (exponent.exact().isPresent() && exponent.exact().get().isInteger()) {
      Rational n = exponent.exact().get();
      if (constant.isPresent()) {
        return RationalForm.of(Polynomial.constant(constant.get().power(n)));
      }
      if (n.numerator().abs().compareTo(BigInteger.valueOf(MAX_POWER)) <= 0) {
        return power(base, n.numerator().intValueExact());
      }
      throw new Unreadable("power");
    }
    if (exponent.exact().isPresent()
        && exponent.exact().get().denominator().equals(BigInteger.TWO)) {
      Expression half = new Root(power.base(), 2);
      int n = exponent.exact().get().power(Rational.ONE).numerator().intValueExact();
      if (Math.abs(n) <= MAX_POWER) {
        return power(form(half), n);
      }
    }
    return RationalForm.of(Polynomial.of("^" + valueOf(base).key() + "^" + exponent.key()));
  }

  private RationalForm root(Root root) {
    Value of = of(root.of());
    if (root.index() == 2 && of.exact().isPresent() && of.exact().get().signum() >= 0) {
      Rational n = of.exact().get();
      BigInteger whole = n.numerator().multiply(n.denominator());
      if (whole.compareTo(MAX_RADICAND) <= 0) {
        return RationalForm.of(squareRoot(whole.longValueExact()))
            .times(
                RationalForm.of(
                    Polynomial.constant(new Rational(BigInteger.ONE, n.denominator()))));
      }
    }
    if (root.index() > 2 && of.exact().isPresent() && of.exact().get().isInteger()) {
      BigInteger n = of.exact().get().numerator();
      long near = Math.round(Math.cbrt(n.doubleValue()));
      if (root.index() == 3 && BigInteger.valueOf(near).pow(3).equals(n)) {
        return RationalForm.of(Polynomial.constant(Rational.of(near)));
      }
    }
    return RationalForm.of(Polynomial.of("root" + root.index() + "(" + of.key() + ")"));
  }

  private static Polynomial squareRoot(long n) {
    long factor = 1;
    long rest = n;
    for (long d = 2; d * d <= rest; d++) {
      while (rest % (d * d) == 0) {
        rest /= d * d;
        factor *= d;
      }
    }
    Polynomial root = rest == 1 ? Polynomial.constant(Rational.ONE) : Polynomial.of("√" + rest);
    return n == 0 ? Polynomial.constant(Rational.ZERO) : root.times(Rational.of(factor));
  }

  private RationalForm application(Application application) {
    if (application.argument() instanceof Tuple tuple && application.function().equals("binom")) {
      Optional<Rational> binomial =
          binomial(of(tuple.members().get(0)), of(tuple.members().get(1)));
      if (binomial.isPresent()) {
        return RationalForm.of(Polynomial.constant(binomial.get()));
      }
    }
    Value argument = of(application.argument());
    Optional<Rational> exact = argument.exact();
    if (exact.isPresent()) {
      Rational n = exact.get();
      if (application.function().equals("abs")) {
        Rational absolute = n.signum() < 0 ? n.negated() : n;
        return RationalForm.of(Polynomial.constant(absolute));
      }
      boolean small = n.isInteger() && n.signum() >= 0 && n.compareTo(Rational.of(30)) <= 0;
      if (application.function().equals("factorial") && small) {
        Rational product = Rational.ONE;
        for (int i = 2; i <= n.numerator().intValueExact(); i++) {
          product = product.times(Rational.of(i));
        }
        return RationalForm.of(Polynomial.constant(product));
      }
    }
    return RationalForm.of(Polynomial.of(application.function() + "(" + argument.key() + ")"));
  }

  private static Optional<Rational> binomial(Value n, Value k) {
    Rational top = n.exact().orElse(Rational.of(-1));
    Rational bottom = k.exact().orElse(Rational.of(-1));
    if (!top.isInteger()
        || !bottom.isInteger()
        || bottom.signum() < 0
        || top.compareTo(bottom) < 0
        || bottom.compareTo(Rational.of(60)) > 0
        || top.compareTo(Rational.of(10_000)) > 0) {
      return Optional.empty();
    }
    Rational product = Rational.ONE;
    for (int i = 1; i <= bottom.numerator().intValueExact(); i++) {
      product = product.times(top.minus(bottom).plus(Rational.of(i))).dividedBy(Rational.of(i));
    }
    return Optional.of(product);
  }

  /** Randomised evaluation: exponents may be large, roots and functions are points of their own. */
  private long residue(Expression expression) {
    work.spend(1);
    if (expression instanceof Literal literal) {
      return PrimeField.valueOf(literal.value());
    }
    if (expression instanceof Sum sum) {
      return PrimeField.plus(residue(sum.left()), residue(sum.right()));
    }
    if (expression instanceof Negation negation) {
      return PrimeField.negated(residue(negation.of()));
    }
    if (expression instanceof Product product) {
      return PrimeField.times(residue(product.left()), residue(product.right()));
    }
    if (expression instanceof Quotient quotient) {
      return PrimeField.times(
          residue(quotient.dividend()), PrimeField.inverse(residue(quotient.divisor())));
    }
    if (expression instanceof Power power
        && power.exponent() instanceof Literal literal
        && literal.value().isInteger()
        && literal.value().signum() >= 0
        && literal.value().numerator().bitLength() < 60) {
      return PrimeField.power(residue(power.base()), literal.value().numerator().longValueExact());
    }
    if (expression instanceof Power power) {
      return PrimeField.pointOf(residue(power.base()) + "^" + residue(power.exponent()));
    }
    if (expression instanceof Root root) {
      return PrimeField.pointOf("root" + root.index() + "(" + residue(root.of()) + ")");
    }
    if (expression instanceof Application application) {
      return PrimeField.pointOf(
          application.function() + "(" + residue(application.argument()) + ")");
    }
    if (expression instanceof Name name) {
      return PrimeField.pointOf(name.name());
    }
    throw new Unreadable("tuple inside an expression");
  }

  private RationalForm sum(RationalForm a, RationalForm b) {
    work.spend((long) a.terms() * b.terms());
    return a.plus(b);
  }

  private RationalForm product(RationalForm a, RationalForm b) {
    work.spend((long) a.terms() * b.terms());
    return a.times(b);
  }

  private RationalForm inverse(RationalForm a) {
    work.spend((long) a.terms() * a.terms());
    return a.inverse();
  }

  private RationalForm power(RationalForm base, int exponent) {
    RationalForm factor = exponent < 0 ? inverse(base) : base;
    RationalForm result = RationalForm.of(Polynomial.constant(Rational.ONE));
    for (int i = 0; i < Math.abs(exponent); i++) {
      result = product(result, factor);
    }
    return result;
  }
}
