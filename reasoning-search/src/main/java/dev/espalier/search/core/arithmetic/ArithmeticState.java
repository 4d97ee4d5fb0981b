package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The numbers left of a puzzle after some steps, each with the expression that made it. */
public final class ArithmeticState {

  /** Precedes the whole expression in the step that reaches the target. */
  private static final String ANSWER = "Answer: ";

  /** A number left; brackets are needed where it is part of more. */
  private record Term(Rational value, String expression, boolean isCompound) {

    static Term of(Rational value) {
      return new Term(value, value.toString(), value.signum() < 0 || !value.isInteger());
    }

    String bracketed() {
      return isCompound ? "(" + expression + ")" : expression;
    }
  }

  private final ArithmeticProblem problem;
  private final List<Term> terms;

  private ArithmeticState(ArithmeticProblem problem, List<Term> terms) {
    this.problem = problem;
    this.terms = List.copyOf(terms);
  }

  /**
   * The state that the steps lead to as they state it, wrong ones too.
   *
   * @return empty where a step cannot be read
   */
  public static Optional<ArithmeticState> after(ArithmeticProblem problem, List<String> steps) {
    Optional<ArithmeticState> state =
        Optional.of(
            new ArithmeticState(problem, problem.numbers().stream().map(Term::of).toList()));
    for (String text : steps) {
      state = state.flatMap(now -> ArithmeticStep.parse(text).map(now::after));
    }
    return state;
  }

  /** The numbers left, in no order that matters. */
  public List<Rational> numbers() {
    return terms.stream().map(Term::value).toList();
  }

  /** The state as the step says that it is. */
  ArithmeticState after(ArithmeticStep step) {
    List<Term> rest = new ArrayList<>(terms);
    Move move = step.move();
    Term left = take(rest, move.left());
    Term right = take(rest, move.right());
    String expression = left.bracketed() + " " + move.operator().sign() + " " + right.bracketed();
    rest.add(new Term(step.result(), expression, true));
    // What was combined may wrongly be kept.
    rest.add(left);
    rest.add(right);
    List<Term> stated = new ArrayList<>();
    step.left().forEach(number -> stated.add(take(rest, number)));
    return new ArithmeticState(problem, stated);
  }

  private static Term take(List<Term> terms, Rational value) {
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).value().equals(value)) {
        return terms.remove(i);
      }
    }
    return Term.of(value);
  }

  /** Whether nothing more can be done, or need be. */
  boolean isEnd() {
    return terms.size() < 2 || made().isPresent();
  }

  /** The line that ends a solution, where the target is made. */
  Optional<String> answer() {
    return made().map(expression -> ANSWER + expression + " = " + problem.target());
  }

  private Optional<String> made() {
    return terms.stream()
        .filter(term -> term.isCompound() && term.value().equals(problem.target()))
        .filter(term -> terms.size() == 1 || !problem.usesAll())
        .map(Term::expression)
        .findFirst();
  }

  /** Whether the step is right: its arithmetic, and the numbers that it says are left. */
  public boolean allows(ArithmeticStep step) {
    return step.isRight() && isConsistent(step);
  }

  private boolean isConsistent(ArithmeticStep step) {
    List<Rational> expected = new ArrayList<>(numbers());
    boolean isPossible =
        expected.remove(step.move().left()) && expected.remove(step.move().right());
    expected.add(step.result());
    return isPossible
        && expected.stream().sorted().toList().equals(step.left().stream().sorted().toList());
  }
}
