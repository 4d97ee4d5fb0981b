package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step as its text states it, right or wrong: {@code 4 + 5 = 9 (left: 6 9 10)}.
 *
 * @param move what was combined
 * @param result what the step says that this makes
 * @param left the numbers that the step says are left, in its order
 */
public record ArithmeticStep(Move move, Rational result, List<Rational> left) {

  private static final String NUMBER = "\\(?(-?\\d{1,40}(?:/\\d{1,40}|\\.\\d{1,40})?)\\)?";
  private static final Pattern TEXT =
      Pattern.compile(
          NUMBER
              + " ([-+*/×÷−]) "
              + NUMBER
              + " = "
              + NUMBER
              + "[^(]{0,20}\\(left: ([-\\d./, ()]{1,400})\\)");

  public ArithmeticStep {
    left = List.copyOf(left);
  }

  /** Reads a text that ends with the numbers left, whatever stands around it. */
  public static Optional<ArithmeticStep> parse(String text) {
    Matcher step = TEXT.matcher(text);
    if (!step.find()) {
      return Optional.empty();
    }
    try {
      List<Rational> left = new ArrayList<>();
      for (String number : step.group(5).strip().split("[ ,]+")) {
        left.add(number(number.replaceAll("[()]", "")));
      }
      Move move =
          new Move(number(step.group(1)), Operator.of(step.group(2)), number(step.group(3)));
      return Optional.of(new ArithmeticStep(move, number(step.group(4)), left));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether the result is what the move makes. */
  public boolean isRight() {
    return move.operator().accepts(move.right()) && move.result().equals(result);
  }

  private static Rational number(String text) {
    String[] parts = text.split("/");
    if (parts.length == 2) {
      if (new BigInteger(parts[1]).signum() == 0) {
        throw new NumberFormatException("division by zero");
      }
      return new Rational(new BigInteger(parts[0]), new BigInteger(parts[1]));
    }
    BigDecimal decimal = new BigDecimal(text);
    return new Rational(
        decimal.unscaledValue().multiply(BigInteger.TEN.pow(Math.max(0, -decimal.scale()))),
        BigInteger.TEN.pow(Math.max(0, decimal.scale())));
  }
}
