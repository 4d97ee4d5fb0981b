package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Algebra;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Rational;
import dev.espalier.maths.Value;
import dev.espalier.search.core.answer.FinalAnswer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out the expression at the end of a solution. */
public final class ArithmeticProof {

  /** Digits, the four operations and brackets: no powers, no numbers glued together. */
  private static final Pattern EXPRESSION = Pattern.compile("[-+*/() \\d]{3,400}");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private ArithmeticProof() {}

  /** Whether the answer that the text gives makes the target and uses the numbers as allowed. */
  public static boolean holds(ArithmeticProblem problem, String text) {
    String answer =
        FinalAnswer.marked(text)
            .orElse("")
            .replaceAll("×|\\\\times|\\\\cdot", "*")
            .replaceAll("÷|\\\\div", "/")
            .replace('−', '-');
    int sign = answer.indexOf('=');
    String expression = (sign < 0 ? answer : answer.substring(0, sign)).strip();
    return EXPRESSION.matcher(expression).matches()
        && usesNumbers(problem, expression)
        && makes(problem.target(), expression);
  }

  private static boolean usesNumbers(ArithmeticProblem problem, String expression) {
    List<Rational> unused = new ArrayList<>(problem.numbers());
    Matcher number = NUMBER.matcher(expression);
    while (number.find()) {
      Rational used = new Rational(new BigInteger(number.group()), BigInteger.ONE);
      boolean hasMinus = number.start() > 0 && expression.charAt(number.start() - 1) == '-';
      if (!unused.remove(used) && !(hasMinus && unused.remove(used.negated()))) {
        return false;
      }
    }
    return unused.isEmpty() || !problem.usesAll();
  }

  private static boolean makes(Rational target, String expression) {
    return MathsReader.read(expression)
        .filter(relation -> relation.members().size() == 1)
        .flatMap(relation -> new Algebra().value(relation.last()))
        .flatMap(Value::exact)
        .filter(target::equals)
        .isPresent();
  }
}
