package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How a step is put in words.
 *
 * @param isSwapped whether a sum or product names its second number first
 * @param left the numbers left, in the order in which they are named
 * @param separator between them
 * @param hasVerb whether the operation is also named in words
 */
record Wording(boolean isSwapped, List<Rational> left, String separator, boolean hasVerb) {

  /** Share of commas and verbs where a step is said again in other words. */
  private static final double VARIED = 0.3;

  Wording {
    left = List.copyOf(left);
  }

  /** As the proposer usually words it. */
  static Wording usual(Move move, List<Rational> left, Habits habits, Random random) {
    boolean isSwapped =
        move.operator().isCommutative() && random.nextDouble() >= habits.ascending();
    List<Rational> order = new ArrayList<>(left);
    Collections.sort(order);
    if (random.nextDouble() >= habits.sorted()) {
      Collections.shuffle(order, random);
    }
    return new Wording(isSwapped, order, " ", false);
  }

  /** In other words, which may happen to be words that were used before. */
  static Wording other(Move move, List<Rational> left, Random random) {
    List<Rational> order = new ArrayList<>(left);
    Collections.shuffle(order, random);
    return new Wording(
        move.operator().isCommutative() && random.nextBoolean(),
        order,
        random.nextDouble() < VARIED ? ", " : " ",
        random.nextDouble() < VARIED);
  }

  String text(Move move, Rational result) {
    Rational first = isSwapped ? move.right() : move.left();
    Rational second = isSwapped ? move.left() : move.right();
    String numbers = left.stream().map(Rational::toString).collect(Collectors.joining(separator));
    return "%s%s %s %s = %s (left: %s)"
        .formatted(
            hasVerb ? verb(move.operator(), operand(first), operand(second)) + ": " : "",
            operand(first),
            move.operator().sign(),
            operand(second),
            result,
            numbers);
  }

  private static String verb(Operator operator, String first, String second) {
    return switch (operator) {
      case PLUS -> "Add " + first + " and " + second;
      case MINUS -> "Subtract " + second + " from " + first;
      case TIMES -> "Multiply " + first + " by " + second;
      case DIVIDED_BY -> "Divide " + first + " by " + second;
    };
  }

  private static String operand(Rational number) {
    return number.signum() < 0 || !number.isInteger() ? "(" + number + ")" : number.toString();
  }
}
