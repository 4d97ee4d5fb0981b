package dev.espalier.search.core.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.FreeCalls;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Candidate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArithmeticProposerTest {

  private static final String PROBLEM = "Use 4 5 6 10 to make 24";
  private static final Habits FAULTLESS = new Habits(0, 0, 0, 1, 1);

  private final FreeCalls calls = new FreeCalls();

  @Test
  void proposesTheSameForTheSameSeed() {
    assertEquals(propose(Habits.RECORDED, 7), propose(Habits.RECORDED, 7));
  }

  @Test
  void withoutRepetitionsEverySampleIsAnotherMove() {
    // When
    List<Candidate> samples = propose(FAULTLESS, 1);

    // Then
    assertEquals(10, new HashSet<>(samples).size());
    assertTrue(
        samples.stream().allMatch(step -> step.text().matches(".+ = .+ \\(left: .+ .+ .+\\)")));
  }

  @Test
  void repeatsInOtherWordsAtTheConfiguredRate() {
    // Given
    Habits habits = new Habits(0.4, 0.1, 0, 1, 1);
    int samples = 0;
    int repeated = 0;
    int verbatim = 0;

    // When
    for (long seed = 0; seed < 400; seed++) {
      Set<Move> moves = new HashSet<>();
      Set<String> texts = new HashSet<>();
      for (Candidate step : propose(habits, seed)) {
        samples++;
        boolean isSaid = !texts.add(step.text());
        verbatim += isSaid ? 1 : 0;
        repeated += !moves.add(ordered(step)) && !isSaid ? 1 : 0;
      }
    }

    // Then: the first sample of ten cannot repeat
    assertEquals(0.4 * 0.9, (double) repeated / samples, 0.03);
    assertEquals(0.1 * 0.9, (double) verbatim / samples, 0.03);
  }

  @Test
  void endsWithTheWholeExpression() {
    // When
    List<Candidate> ends =
        propose(FAULTLESS, 1, "10 - 4 = 6 (left: 5 6 6)", "5 * 6 = 30 (left: 6 30)");

    // Then
    assertTrue(ends.stream().allMatch(Candidate::isTerminal));
    assertTrue(
        ends.stream()
            .map(Candidate::text)
            .anyMatch("30 - 6 = 24 (left: 24)\nAnswer: (5 * 6) - (10 - 4) = 24"::equals));
  }

  @Test
  void endsCountdownWhenTheTargetIsMade() {
    // When
    List<Candidate> steps =
        new ArithmeticProposer(FAULTLESS)
            .propose(
                "Use 3 7 25 50 to make 21",
                new Need.Propose(0, 0, List.of(), List.of(), 20, 3),
                calls.context());

    // Then
    Candidate end = steps.stream().filter(Candidate::isTerminal).findFirst().orElseThrow();
    assertEquals("3 * 7 = 21 (left: 21 25 50)\nAnswer: 3 * 7 = 21", end.text());
  }

  @Test
  void everyProvenEndIsAProof() {
    // Given
    ArithmeticProblem puzzle = ArithmeticProblem.parse(PROBLEM).orElseThrow();
    int proofs = 0;

    // When
    for (long seed = 0; seed < 300; seed++) {
      List<String> path = new ArrayList<>();
      Candidate step;
      do {
        List<Candidate> steps =
            propose(Habits.RECORDED, 31 * seed + path.size(), path.toArray(String[]::new));
        step = steps.get(new Random(seed).nextInt(steps.size()));
        path.add(step.text());
      } while (!step.isTerminal());
      boolean isRight = isRight(puzzle, path);
      boolean holds = ArithmeticProof.holds(puzzle, step.text());
      proofs += holds ? 1 : 0;

      // Then
      assertTrue(
          !isRight || holds == step.text().contains("= 24 ("), () -> String.join("\n", path));
    }
    assertTrue(proofs > 0);
  }

  @Test
  void accountsAsIfAModelHadBeenAskedOnce() {
    // When
    List<Candidate> samples = propose(FAULTLESS, 1);

    // Then
    assertEquals(1, calls.calls());
    assertEquals(
        samples.stream().mapToInt(Candidate::tokens).sum(), calls.spent().completionTokens());
    assertTrue(calls.spent().promptTokens() > 0 && calls.spent().isEstimated());
  }

  @Test
  void refusesWhatIsNoPuzzle() {
    UpstreamException refused =
        assertThrows(
            UpstreamException.class,
            () ->
                new ArithmeticProposer(FAULTLESS)
                    .propose(
                        "How many eggs?",
                        new Need.Propose(0, 0, List.of(), List.of(), 1, 1),
                        calls.context()));

    assertEquals("upstream.refused", refused.code());
    assertEquals(0, calls.calls());
  }

  @Test
  void proposesNothingAfterAnEnd() {
    assertTrue(propose(FAULTLESS, 1, "4 * 6 = 24 (left: 24)").isEmpty());
    assertFalse(propose(FAULTLESS, 1, "4 * 6 = 24 (left: 5 24)").isEmpty());
  }

  private List<Candidate> propose(Habits habits, long seed, String... steps) {
    return new ArithmeticProposer(habits)
        .propose(
            PROBLEM, new Need.Propose(0, 0, List.of(steps), List.of(), 10, seed), calls.context());
  }

  private static Move ordered(Candidate step) {
    Move move = ArithmeticStep.parse(step.text()).orElseThrow().move();
    return move.operator().isCommutative() && move.left().compareTo(move.right()) > 0
        ? new Move(/* left= */ move.right(), move.operator(), /* right= */ move.left())
        : move;
  }

  private static boolean isRight(ArithmeticProblem puzzle, List<String> path) {
    for (int i = 0; i < path.size(); i++) {
      ArithmeticState before = ArithmeticState.after(puzzle, path.subList(0, i)).orElseThrow();
      if (!before.allows(ArithmeticStep.parse(path.get(i)).orElseThrow())) {
        return false;
      }
    }
    return true;
  }
}
