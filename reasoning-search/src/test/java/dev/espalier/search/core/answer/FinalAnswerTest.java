package dev.espalier.search.core.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.CpuLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalAnswerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "So \\boxed{\\frac{1}{2}} it is. | \\frac{1}{2}",
        "\\boxed{3} or rather $\\boxed{x^{2}+1}$. | x^{2}+1",
        "The answer is 18. | 18",
        "The final answer is: **$1,250.50**. | $1,250.50",
        "Therefore, the answer is $x = 5$. | x = 5",
        "The answer is 3.5 dollars. Check: 7 / 2. | 3.5 dollars",
        "Answer: (10 - 4) * 5 - 6 = 24 | (10 - 4) * 5 - 6 = 24",
        "9 * 2 = <<9*2=18>>18 #### 18 | 18",
        "A: 26 | 26",
        "She makes 9 * 2 = $18 every day. | $18",
        "There are 1,200 of 3,600 left in 5 boxes of 7.5 | 7.5",
        "It fell by -3 to -7. | -7",
        "He runs 1/2 | 1/2",
        "50% of them, that is 12% | 12%"
      })
  void findsTheAnswer(String text, String answer) {
    assertEquals(answer, FinalAnswer.of(text).orElseThrow());
  }

  @Test
  void theLastMarkCounts() {
    assertEquals("4", FinalAnswer.of("The answer is 3.\nNo, the answer is 4.").orElseThrow());
    assertEquals("7", FinalAnswer.of("Let me think.\nA: 7").orElseThrow());
  }

  @Test
  void aTextWithoutANumberHasNoAnswer() {
    assertTrue(FinalAnswer.of("I do not know.").isEmpty());
    assertTrue(FinalAnswer.marked("There are 5 eggs.").isEmpty());
    assertTrue(FinalAnswer.of("\\boxed{").isEmpty());
  }

  @Test
  void hostileTextEndsSoon() {
    CpuLimit.within(
        Duration.ofSeconds(5),
        () -> {
          FinalAnswer.of("1,".repeat(100_000));
          FinalAnswer.of("answer is ".repeat(20_000));
          return FinalAnswer.of("\\boxed{".repeat(20_000));
        });
  }
}
