package dev.espalier.search.evaluation.gsm8k;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model wrote once.
 *
 * @param steps at least one; the last one states the answer, where the model gave one
 */
record Solution(List<String> steps) {

  Solution {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a solution without steps");
    }
  }

  static Solution of(String reasoning, String answer) {
    List<String> steps = new ArrayList<>(Steps.of(reasoning));
    String stated = answer.isBlank() ? "" : "The answer is " + answer.strip() + ".";
    if (steps.isEmpty()) {
      steps.add(stated.isEmpty() ? "No answer." : stated);
    } else if (!stated.isEmpty()) {
      int last = steps.size() - 1;
      steps.set(last, steps.get(last) + "\n" + stated);
    }
    return new Solution(steps);
  }
}
