package dev.espalier.equivalence.core.compare;

import java.util.List;
import java.util.Optional;

/** Asks a language model about pairs that are undecided. */
public interface PairJudge {

  /** A pair with its context. */
  record Question(String problem, List<String> prefix, String a, String b) {

    public Question {
      prefix = List.copyOf(prefix);
    }
  }

  /**
   * What the judge costs.
   *
   * @param isEstimated whether the tokens are our estimate, because the model reported none
   */
  record Usage(int calls, int promptTokens, int completionTokens, boolean isEstimated) {

    public static final Usage NONE = new Usage(0, 0, 0, false);
  }

  /**
   * The judge's answer.
   *
   * @param levels one per question, from 1 (different) to 5 (the same), or empty where it gave none
   * @param usage what was spent, also where the answer is of no use
   * @param failure a short code, where the judge could not answer
   */
  record Answer(List<Optional<Integer>> levels, Usage usage, Optional<String> failure) {

    public Answer {
      levels = List.copyOf(levels);
    }
  }

  /** Asks all questions at once. */
  Answer ask(List<Question> questions);
}
