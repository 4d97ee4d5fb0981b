package dev.espalier.maths;

import java.util.Optional;

/**
 * What an expression is worth. Equal keys mean algebraically equal expressions.
 *
 * @param key the exact fraction of a constant, or a fingerprint of the function
 * @param exact the fraction, where the expression is a rational constant
 */
public record Value(String key, Optional<Rational> exact) {

  static Value of(Rational constant) {
    return new Value(constant.toString(), Optional.of(constant));
  }

  static Value fingerprint(long value) {
    return new Value("#" + Long.toHexString(value), Optional.empty());
  }
}
