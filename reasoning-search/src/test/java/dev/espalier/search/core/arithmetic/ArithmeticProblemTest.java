package dev.espalier.search.core.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.maths.Rational;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticProblemTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4 5 6 10",
        "4, 5, 6, 10",
        "Use 4 5 6 10 to make 24",
        "Use the numbers 4, 5, 6 and 10 to obtain 24.",
        "Make 24 from 4 5 6 10",
        "Use the numbers [4, 5, 6, 10] and + - * / to get a total of 24. Use each number once.",
        "Numbers: 4 5 6 10\nTarget: 24"
      })
  void readsTheGameOf24(String text) {
    ArithmeticProblem problem = ArithmeticProblem.parse(text).orElseThrow();

    assertEquals(new ArithmeticProblem(numbers(4, 5, 6, 10), Rational.of(24), true), problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use 3 7 25 50 to make 765",
        "Use 3, 7, 25 and 50 to make 765; not all numbers need be used",
        "Countdown: target 765, numbers 3 7 25 50"
      })
  void readsCountdown(String text) {
    ArithmeticProblem problem = ArithmeticProblem.parse(text).orElseThrow();

    assertEquals(new ArithmeticProblem(numbers(3, 7, 25, 50), Rational.of(765), false), problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "24",
        "How many eggs are left?",
        "Janet has 16 eggs and eats 3.",
        "4 5 six 10",
        "Use 1 2 3 4 5 6 7 8 9 to make 100",
        "Use 4 5 and then 6 7 to make 24",
        "Use 99999999999 2 to make 24"
      })
  void refusesWhatIsNoPuzzle(String text) {
    assertTrue(ArithmeticProblem.parse(text).isEmpty());
  }

  @Test
  void anEndlessTextCostsNothing() {
    assertTrue(ArithmeticProblem.parse("1 ".repeat(1_000_000)).isEmpty());
  }

  private static List<Rational> numbers(long... numbers) {
    return LongStream.of(numbers).mapToObj(Rational::of).toList();
  }
}
