package dev.espalier.memory.evaluation.recall;

import java.util.Set;

/**
 * A question and the turns that hold its answer.
 *
 * @param answer as people gave it
 * @param evidence their sequence numbers, never empty
 */
record Question(String text, String answer, Category category, Set<Long> evidence) {

  Question {
    evidence = Set.copyOf(evidence);
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("a question without evidence");
    }
  }
}
