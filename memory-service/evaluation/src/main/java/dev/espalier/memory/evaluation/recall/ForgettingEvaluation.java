package dev.espalier.memory.evaluation.recall;

import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.Mode;
import dev.espalier.measuring.command.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures evidence recall before and after cuts. Every other question is asked beforehand, so that
 * policies that look at use have some; only the others are scored, and asking those counts as none.
 */
final class ForgettingEvaluation {

  static final int K = 50;
  static final String WHOLE = "whole";

  private static final int USED_K = 10;
  private static final String POLICY = "evaluation";

  /** Uses are written a fifth of a second after the answer. */
  private static final Duration UNTIL_WRITTEN = Duration.ofSeconds(2);

  private final MemoryApi memory;
  private final List<Cut> cuts;
  private final boolean isUsed;
  private final Scores scores = new Scores();

  ForgettingEvaluation(MemoryApi memory, List<Cut> cuts, boolean isUsed) {
    this.memory = memory;
    this.cuts = List.copyOf(cuts);
    this.isUsed = isUsed;
  }

  void measure(Dialogue dialogue) {
    String conversation = new RecallEvaluation(memory).store(dialogue);
    try {
      List<Question> scored = new ArrayList<>();
      for (int i = 0; i < dialogue.questions().size(); i++) {
        Question question = dialogue.questions().get(i);
        if (i % 2 == 0) {
          scored.add(question);
        } else if (isUsed) {
          memory.recall(conversation, question.text(), USED_K, Mode.HYBRID);
        }
      }
      Pause.of(UNTIL_WRITTEN);
      score(dialogue, conversation, scored, WHOLE);
      for (Cut cut : cuts) {
        memory.putPolicy(POLICY, cut.policy());
        String run = memory.forget(conversation, POLICY);
        score(dialogue, conversation, scored, cut.name());
        memory.undo(run);
      }
      score(dialogue, conversation, scored, WHOLE + " again");
    } finally {
      memory.delete(conversation);
    }
  }

  Scores scores() {
    return scores;
  }

  private void score(
      Dialogue dialogue, String conversation, List<Question> questions, String measure) {
    for (Question question : questions) {
      List<Long> found = memory.measuredRecall(conversation, question.text(), K).seqs();
      scores.add(
          measure, dialogue.name(), question.category(), EvidenceRecall.at(K, question.evidence(), found));
    }
  }
}
