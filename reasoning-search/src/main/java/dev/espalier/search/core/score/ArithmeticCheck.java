package dev.espalier.search.core.score;

import dev.espalier.search.core.arithmetic.ArithmeticProblem;
import dev.espalier.search.core.arithmetic.ArithmeticProof;
import dev.espalier.search.core.arithmetic.ArithmeticState;
import dev.espalier.search.core.arithmetic.ArithmeticStep;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;
import java.util.Optional;

/**
 * Works out what a step states: a wrong equation scores 0, anything else {@value #UNKNOWN}.
 *
 * <p>For a puzzle that {@link ArithmeticProblem} can read, the numbers that a step says are left
 * are checked too, and the expression at the end is worked out: 1 when it makes the target out of
 * the given numbers, which proves it, and 0 when not. It does not look ahead: whether a target can
 * still be reached is not asked.
 */
public final class ArithmeticCheck implements StepScorer {

  public static final double WRONG = 0;
  public static final double UNKNOWN = 0.5;
  public static final double PROVEN = 1;

  @Override
  public List<Double> score(String problem, Need.Score need, CallContext context) {
    Optional<ArithmeticProblem> puzzle = ArithmeticProblem.parse(problem);
    Optional<ArithmeticState> state =
        puzzle.flatMap(given -> ArithmeticState.after(given, need.steps()));
    return need.representatives().stream().map(step -> score(puzzle, state, step)).toList();
  }

  private static double score(
      Optional<ArithmeticProblem> puzzle, Optional<ArithmeticState> state, Candidate step) {
    if (puzzle.isPresent() && step.isTerminal()) {
      return ArithmeticProof.holds(puzzle.get(), step.text()) ? PROVEN : WRONG;
    }
    Optional<ArithmeticStep> move = state.flatMap(now -> ArithmeticStep.parse(step.text()));
    boolean isWrong =
        move.isPresent()
            ? !state.orElseThrow().allows(move.get())
            : StatedEquations.hasWrong(step.text());
    return isWrong ? WRONG : UNKNOWN;
  }

  @Override
  public boolean isFree() {
    return true;
  }

  @Override
  public boolean proves() {
    return true;
  }
}
