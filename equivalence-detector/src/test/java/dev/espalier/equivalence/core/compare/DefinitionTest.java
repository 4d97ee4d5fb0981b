package dev.espalier.equivalence.core.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.equivalence.Detectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The definition by examples, as the README gives it. */
class DefinitionTest {

  private static final String PROBLEM =
      "A baker fills 4 trays with 12 rolls each and Ann eats 9 of them. How many rolls are left?";

  private static final String ALGEBRA = "Solve $x^2 - 9x + 14 = 0$ for $x$.";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "There are 4 * 12 = 48 rolls.; The baker has 12 x 4 = 48 rolls in total",
        "25% of the 48 rolls are 0.25 * 48 = 12 rolls; A quarter of the rolls is 48 * 1/4 = 12 rolls",
        "48 - 9 = 39 rolls are left; That leaves 39 rolls because 48 - 9 = 39",
        "Let n be the number of rolls.; Let x be the number of rolls.",
        "Let's think step by step.; A baker fills 4 trays with 12 rolls each.",
        "$48-9=39$; 48 - 9 = 39, so there are 39"
      })
  void sayTheSame(String a, String b) {
    Verdict verdict = Detectors.compare(PROBLEM, a, b);

    assertTrue(verdict.isEquivalent(), verdict.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$x^2-9x+14=(x-2)(x-7)$; We factor it as $(x-7)(x-2)$.",
        "So $x=2$ or $x=7$.; The solutions are $x = 7$ and $x = 2$.",
        "The discriminant is $81-56=25$.; The discriminant is $9^2 - 4\\cdot 14 = 25$."
      })
  void sayTheSameInAlgebra(String a, String b) {
    Verdict verdict = Detectors.compare(ALGEBRA, a, b);

    assertTrue(verdict.isEquivalent(), verdict.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "There are 4 * 12 = 48 rolls.; There are 4 + 12 = 16 rolls.; other_values",
        "There are 90 girls.; There are 90 boys.; other_unit",
        "The shelf is 2 * 3 = 6 inches long.; The shelf is 2 * 3 = 6 feet long.; other_unit",
        "He bakes 4 * 12 = 48 rolls per day.; He bakes 4 * 12 = 48 rolls per hour.; other_rate",
        "First, find the number of rolls.; There are 4 * 12 = 48 rolls.; computed_and_announced",
        "48 / 5 = 9.5 rolls; 19 / 2 = 9.5 rolls; right_and_wrong",
        "The answer is 39.; The answer is 57.; other_values"
      })
  void sayDifferentThings(String a, String b, String reason) {
    Verdict verdict = Detectors.compare(PROBLEM, a, b);

    assertFalse(verdict.isEquivalent(), verdict.toString());
    assertEquals(reason, verdict.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$x^2-9x+14=(x-2)(x-7)$; $x^2-9x=-14$; other_values",
        "So $2x=6$.; So $x=3$.; other_values",
        "So $(x-2)(x-7)=0$.; So $x^2-9x=-14$.; other_form",
        "So $x=2$ or $x=7$.; So $x=2$.; more_facts",
        "The largest root is $7$.; The smallest root is $7$.; other_entity"
      })
  void sayDifferentThingsInAlgebra(String a, String b, String reason) {
    Verdict verdict = Detectors.compare(ALGEBRA, a, b);

    assertFalse(verdict.isEquivalent(), verdict.toString());
    assertEquals(reason, verdict.reason());
  }
}
