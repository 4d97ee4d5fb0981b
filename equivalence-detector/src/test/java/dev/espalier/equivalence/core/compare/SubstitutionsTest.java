package dev.espalier.equivalence.core.compare;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.equivalence.Detectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionsTest {

  private static final String PROBLEM = "Find all integers $n$ with the property.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "There are at least 4 such integers. | There are at most 4 such integers.",
        "So $n$ is even modulo 7. | So $n$ is even modulo 5.",
        "The series converges. | The series diverges.",
        "Since $n^2$ is even, $n$ is even. | Since $n$ is even, $n^2$ is even.",
        "The number has no solution in integers. | The number has a solution in integers.",
        "So $f(2)=6$. | So $g(2)=6$.",
        "Hence $AB = 5$. | Hence $ab = 5$.",
        "So the answer is $\\gcd(12,180)$. | So the answer is $\\gcd(12180)$.",
        "We get $n! = 6$. | We get $n = 6$."
      })
  void keepsApartWhatDiffersInOnePlace(String a, String b) {
    assertFalse(Detectors.compare(PROBLEM, a, b).isEquivalent());
    assertFalse(Detectors.compare(PROBLEM, b, a).isEquivalent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "There are 4 * 12 = 48 rolls. | So there are 12 x 4 = 48 rolls in total.",
        "Let n be the number of rolls. | Let x be the number of rolls.",
        "1. **So** the total is 1,200 rolls. | The total is 1200 rolls."
      })
  void mergesWhatOnlySoundsDifferent(String a, String b) {
    assertTrue(Detectors.compare("A baker fills 4 trays with 12 rolls.", a, b).isEquivalent());
  }
}
