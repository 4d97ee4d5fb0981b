package dev.espalier.equivalence.core.claims;

import dev.espalier.maths.Rational;
import java.util.Optional;

/**
 * One new fact that a step asserts.
 *
 * @param kind how it was stated
 * @param form the written form of the result up to the order of addends and factors
 * @param value what the result is worth: algebraically equal results have equal values
 * @param exact the value, or one side of the relation, where that is a rational constant
 * @param computation the written form of what was computed, or empty
 * @param isTrue false for arithmetic that is wrong
 * @param slots what the value is a value of
 */
public record Claim(
    Kind kind,
    String form,
    String value,
    Optional<Rational> exact,
    String computation,
    boolean isTrue,
    Slots slots) {

  /** How a claim was stated. */
  public enum Kind {
    /** The result of a computation: {@code 2 * 3 = 6}. */
    COMPUTED,
    /** A value or expression that is named without a computation. */
    STATED,
    /** An equation or inequality that is not an identity: {@code 2x = 6}. */
    RELATION,
    /** What the step says is left to work with: {@code (left: 4 6 10)}. */
    STATE,
    /** Mathematics that the strict reader does not know, compared as text. */
    UNREAD
  }

  public boolean isNumber() {
    return exact.isPresent() && kind != Kind.RELATION;
  }

  /** The result with the name it is given to: equal keys, equal facts up to their slots. */
  public String key() {
    return slots.name() + "=" + form;
  }

  /** The claim in a short readable form, such as {@code 6 apples}. */
  public String text() {
    String what = isNumber() ? exact.map(Rational::toString).orElse(form) : form;
    String named = slots.name().isEmpty() ? what : slots.name() + " = " + what;
    String unit = slots.unitText();
    return unit.isEmpty() ? named : named + " " + unit;
  }
}
