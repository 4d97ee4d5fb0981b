package dev.espalier.memory.evaluation.recall;

import dev.espalier.memory.evaluation.client.NewTurn;
import java.util.List;

/**
 * A conversation with questions about it.
 *
 * @param turns in order; the first one gets sequence number 1
 * @param withoutEvidence answerable questions that cite no turn of the conversation
 */
record Dialogue(String name, List<NewTurn> turns, List<Question> questions, int withoutEvidence) {

  Dialogue {
    turns = List.copyOf(turns);
    questions = List.copyOf(questions);
  }
}
