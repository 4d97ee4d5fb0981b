package dev.espalier.search.core.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.search.core.FreeCalls;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.testkit.CpuLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticCheckTest {

  private static final String PUZZLE = "Use 4 5 6 10 to make 24";
  private static final String WORD_PROBLEM = "How many eggs are left?";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 - 4 = 6 (left: 5 6 6) | 0.5",
        "10 - 4 = 5 (left: 5 5 6) | 0",
        "10 - 4 = 6 (left: 4 5 6 6) | 0",
        "10 - 3 = 7 (left: 5 6 7) | 0",
        "I shall try products. | 0.5"
      })
  void checksAMove(String step, double score) {
    assertEquals(score, score(PUZZLE, step, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Answer: (5 * (10 - 4)) - 6 = 24 | 1",
        "The answer is \\boxed{5 \\times (10 - 4) - 6}. | 1",
        "Answer: 4 * 6 = 24 | 0",
        "Answer: 10 + 6 + 5 + 4 = 24 | 0",
        "Answer: 24 | 0",
        "Answer: 45 + 6 - 10 = 24 | 0",
        "30 - 10 = 20 (left: 20) | 0"
      })
  void provesAnEnd(String step, double score) {
    assertEquals(score, score(PUZZLE, step, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "She has 16 - 3 - 4 = 9 eggs.",
        "She makes 9 * 2 = $<<9*2=18>>18 every day.",
        "10 / 3 = 3.33 and 20 ÷ 7 ≈ 2.857",
        "16 eggs - 3 eggs = 13 eggs",
        "20% of 5 * 8 = 8",
        "Let x = 4, so 2x + 3 = 11",
        "1,000 * 3 = 3,000",
        "It takes (2 + 4) * 3 = 18 days (see 1).",
        "a total of 2*4 = 8 cm"
      })
  void acceptsWhatIsRightOrCannotBeRead(String step) {
    assertEquals(ArithmeticCheck.UNKNOWN, score(WORD_PROBLEM, step, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "She has 16 - 3 - 4 = 10 eggs.",
        "So 9 × 2 = $19.",
        "It costs 10 / 3 = 3.5",
        "First 2 + 2 = 4, then 4 * 3 = 13."
      })
  void findsWrongEquations(String step) {
    assertEquals(ArithmeticCheck.WRONG, score(WORD_PROBLEM, step, true));
  }

  @Test
  void hostileTextEndsSoon() {
    CpuLimit.within(
        Duration.ofSeconds(5),
        () -> {
          score(WORD_PROBLEM, "((1+".repeat(4_000), false);
          score(WORD_PROBLEM, "1=".repeat(9_000), false);
          return score(WORD_PROBLEM, " 1 + ".repeat(3_900), false);
        });
  }

  private static double score(String problem, String text, boolean isTerminal) {
    Candidate step = new Candidate(text, null, 1, isTerminal, null);
    return new ArithmeticCheck()
        .score(
            problem,
            new Need.Score(0, 0, List.of(), List.of(step), List.of(1)),
            new FreeCalls().context())
        .get(0);
  }
}
