package dev.espalier.maths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathsReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\\frac{1}{4}; 25\\%",
        "0.25; \\frac14",
        "2x+3x; 5x",
        "(x+1)(x+2); x^2+3x+2",
        "\\sqrt{8}; 2\\sqrt2",
        "\\frac{1}{1+\\sqrt{2}}; \\sqrt{2}-1",
        "\\frac{x^2-1}{x-1}; x+1",
        "\\binom{5}{2}; 10",
        "4!; 24",
        "1{,}234 \\cdot 2; 2468",
        "60^\\circ; 60",
        "|-3|; 3",
        "2^{10}; 1024",
        "x^{1/2}; \\sqrt x",
        "\\sqrt{6}\\sqrt{2}; 2\\sqrt{3}",
        "(a+b+c)^{20}; (c+a+b)^{20}",
        "\\sqrt[3]{27}; 3"
      })
  void givesEqualExpressionsTheSameValue(String a, String b) {
    assertEquals(value(a), value(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x+1; x+2",
        "2x; x^2",
        "\\sqrt2; \\sqrt3",
        "\\sin x; \\cos x",
        "3.33; \\frac{10}{3}"
      })
  void tellsUnequalExpressionsApart(String a, String b) {
    assertNotEquals(value(a), value(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"2x = 6; x = 3", "x - 3 = 0; 6 = 2x", "y = \\frac{x}{2}; 2y = x"})
  void givesEquationsThatSayTheSameTheSameKey(String a, String b) {
    assertEquals(equationKey(a), equationKey(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"(x+1)(x+2); x^2+3x+2", "3 \\cdot 4; 12", "x+x; 2x"})
  void keepsTheFormsOfEqualExpressionsApart(String a, String b) {
    assertNotEquals(form(a), form(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(x+1)(x+2); (2+x)(1+x)",
        "\\frac12 x; x \\cdot 0.5",
        "a-b; -b+a",
        "5 - (x-3)^2; -(x-3)^2+5"
      })
  void doesNotLookAtTheOrderOfAddendsAndFactors(String a, String b) {
    assertEquals(form(a), form(b));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\foo{3}",
        "3 \\frac{1}{2}",
        "hello",
        "\\frac{1}",
        "2 +",
        "(3",
        "x ^",
        "\\sqrt[12]{2}",
        "@",
        "",
        "x = = 2",
        "\\text{miles}",
        "3x5"
      })
  void doesNotReadWhatItDoesNotKnow(String text) {
    assertTrue(MathsReader.read(text).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9^9^9^9",
        "9^{9^{9^{9}}}",
        "((((x+y)^{24})^{24})^{24})^{24}",
        "99999!",
        "\\binom{9999}{4999}",
        "(a+b+c+d+e+f)^{24}(a+b)^{24}(c+d)^{24}",
        "\\sqrt{99999999999999999999}"
      })
  void boundsTheWorkOnHugeNumbers(String text) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> MathsReader.read(text).flatMap(r -> new Algebra().value(r.last())));
  }

  @Test
  void refusesDeepNesting() {
    String braces = "{".repeat(500) + "x" + "}".repeat(500);

    assertTrue(MathsReader.read(braces).isEmpty());
  }

  @Test
  void dividesByZeroWithoutAnAnswer() {
    assertEquals(Optional.empty(), value("\\frac{1}{2-2}"));
    assertFalse(MathsReader.read("\\frac{1}{2-2}").isEmpty());
  }

  private static Optional<String> value(String text) {
    return MathsReader.read(text).flatMap(r -> new Algebra().value(r.last())).map(Value::key);
  }

  private static Optional<String> form(String text) {
    return MathsReader.read(text).flatMap(r -> new Algebra().form(r.last()));
  }

  private static Optional<String> equationKey(String text) {
    Relation relation = MathsReader.read(text).orElseThrow();
    return new Algebra().equationKey(relation.members().get(0), relation.last());
  }
}
