package dev.espalier.search.core.answer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,000 | 1000",
        "1/2 | .5",
        "0.50 | \\frac{1}{2}",
        "18.0 | $18",
        "$18.00 | 18 dollars",
        "-$5 | -5",
        "18. | 18",
        "50% | 50",
        "50\\% | 50",
        "45^\\circ | 45",
        "60 miles per hour | 60",
        "\\text{18 apples} | 18",
        "x = 5 | 5",
        "5 = x | 5",
        "(10 - 4) * 5 - 6 = 24 | 4 + (6 - 5/5) * 4 = 24",
        "2(x + 1) | 2x + 2",
        "\\frac{\\sqrt{2}}{2} | \\frac{1}{\\sqrt{2}}",
        "(1, 2) | (1,2)",
        "1 1/2 | 1.5",
        "Monday | monday",
        "(A) | A",
        "\\text{Yes} | yes"
      })
  void areTheSame(String a, String b) {
    assertTrue(AnswerComparison.same(a, b), AnswerComparison.key(a));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "18 | 19",
        "0.33 | 1/3",
        "50% | 1/2",
        "1,000 | 1",
        "12 | 1,2",
        "x > 5 | x < 5",
        "2x | 2",
        "2 pi | 2",
        "(1, 2) | (2, 1)",
        "Monday | Tuesday",
        "-5 | 5",
        "x^2 | 2x"
      })
  void differ(String a, String b) {
    assertFalse(AnswerComparison.same(a, b), AnswerComparison.key(a));
  }
}
