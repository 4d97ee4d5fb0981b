package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;
import dev.espalier.search.core.tree.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws the samples of one expansion. One instance serves one of them. */
final class StepSampler {

  /** How often other words are sought before a repetition stays as it is. */
  private static final int ATTEMPTS = 8;

  /** What was said: a repetition repeats its mistake too. */
  private record Said(Move move, Rational result, List<Rational> left, String text) {}

  private final ArithmeticState state;
  private final Habits habits;
  private final Random random;
  private final List<Move> unused;
  private final List<Said> said = new ArrayList<>();

  StepSampler(ArithmeticState state, Habits habits, long seed) {
    this.state = state;
    this.habits = habits;
    this.random = new Random(seed);
    this.unused = Move.legal(state.numbers());
  }

  List<Candidate> draw(int count) {
    List<Candidate> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Said next = next();
      said.add(next);
      samples.add(candidate(next));
    }
    return samples;
  }

  private Said next() {
    double kind = random.nextDouble();
    if (said.isEmpty() || (!unused.isEmpty() && kind >= habits.rephrased() + habits.verbatim())) {
      return fresh();
    }
    Said earlier = said.get(random.nextInt(said.size()));
    return kind < habits.verbatim() ? earlier : inOtherWords(earlier);
  }

  private Said fresh() {
    Move move = unused.remove(pick());
    Rational result = move.result();
    List<Rational> left = new ArrayList<>(state.numbers());
    left.remove(move.left());
    left.remove(move.right());
    left.add(result);
    if (random.nextDouble() < habits.wrong()) {
      // The usual mistake of the recordings, 139 of 150: a number stays although it was used.
      left.add(random.nextBoolean() ? move.left() : move.right());
    }
    Wording wording = Wording.usual(move, left, habits, random);
    return new Said(move, result, left, wording.text(move, result));
  }

  private int pick() {
    double total = unused.stream().mapToDouble(Habits::weight).sum();
    double at = random.nextDouble() * total;
    for (int i = 0; i < unused.size(); i++) {
      at -= Habits.weight(unused.get(i));
      if (at < 0) {
        return i;
      }
    }
    return unused.size() - 1;
  }

  private Said inOtherWords(Said earlier) {
    String text = earlier.text();
    for (int i = 0; i < ATTEMPTS && isSaid(text); i++) {
      text =
          Wording.other(earlier.move(), earlier.left(), random)
              .text(earlier.move(), earlier.result());
    }
    return new Said(earlier.move(), earlier.result(), earlier.left(), text);
  }

  private boolean isSaid(String text) {
    return said.stream().anyMatch(each -> each.text().equals(text));
  }

  private Candidate candidate(Said step) {
    ArithmeticState after =
        state.after(new ArithmeticStep(step.move(), step.result(), step.left()));
    String text = after.answer().map(answer -> step.text() + "\n" + answer).orElse(step.text());
    return new Candidate(text, null, TextTokens.in(text), after.isEnd(), null);
  }
}
