package dev.espalier.memory.evaluation.recall;

import dev.espalier.memory.evaluation.client.Block;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.Mode;
import dev.espalier.memory.evaluation.client.NewTurn;
import dev.espalier.memory.evaluation.client.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Appends dialogues, asks their questions, and scores what comes back against the evidence. */
final class RecallEvaluation {

  static final List<Integer> DEPTHS = List.of(5, 10, 20, 50);
  static final List<Integer> BUDGETS = List.of(500, 1000, 2000, 3000);

  private static final int BATCH = 100;

  private final MemoryApi memory;
  private final Scores scores = new Scores();
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  RecallEvaluation(MemoryApi memory) {
    this.memory = memory;
  }

  /** Stores a dialogue and waits for its vectors. Returns the conversation. */
  String store(Dialogue dialogue) {
    String conversation = memory.create("evaluation of " + dialogue.name());
    List<NewTurn> turns = dialogue.turns();
    for (int from = 0; from < turns.size(); from += BATCH) {
      memory.append(conversation, turns.subList(from, Math.min(turns.size(), from + BATCH)));
    }
    memory.awaitIndexed(conversation);
    return conversation;
  }

  /** What the summaries of a dialogue hold of its answers. */
  void summarise(Dialogue dialogue, String conversation) {
    memory
        .summaries(conversation)
        .forEach(
            (level, bodies) -> {
              Set<String> words = AnswerWords.of(bodies);
              for (Question question : dialogue.questions()) {
                double percent = AnswerWords.covered(question.answer(), words);
                if (percent >= 0) {
                  scores.add(summary(level), dialogue.name(), question.category(), percent);
                }
              }
            });
  }

  void ask(String dialogue, String conversation, Question question) {
    int deepest = DEPTHS.get(DEPTHS.size() - 1);
    for (Mode mode : Mode.values()) {
      Ranking ranking = memory.recall(conversation, question.text(), deepest, mode);
      took("recall " + mode.wireName(), ranking.nanos());
      for (int k : DEPTHS) {
        double percent = EvidenceRecall.at(k, question.evidence(), ranking.seqs());
        scores.add(measure(mode, k), dialogue, question.category(), percent);
      }
    }
    for (int k : DEPTHS) {
      double percent = EvidenceRecall.ceiling(k, question.evidence());
      scores.add(ceiling(k), dialogue, question.category(), percent);
    }
    for (int budget : BUDGETS) {
      Block block = memory.context(conversation, question.text(), budget, false);
      took("context " + budget, block.nanos());
      double percent = EvidenceRecall.of(question.evidence(), block.seqs());
      scores.add(block(budget), dialogue, question.category(), percent);
      Block filtered = memory.context(conversation, question.text(), budget, true);
      scores.add(
          filtered(budget),
          dialogue,
          question.category(),
          EvidenceRecall.of(question.evidence(), filtered.seqs()));
    }
  }

  Scores scores() {
    return scores;
  }

  /** What each kind of request took, in milliseconds. */
  Map<String, List<Double>> millis() {
    return millis;
  }

  /** Hybrid is what a recall does by default, so its measures have no prefix. */
  static String measure(Mode mode, int k) {
    return (mode == Mode.HYBRID ? "" : mode.wireName() + " ") + "r@" + k;
  }

  static String ceiling(int k) {
    return "ceiling r@" + k;
  }

  static String block(int budget) {
    return "block@" + budget;
  }

  static String filtered(int budget) {
    return "filtered block@" + budget;
  }

  static String summary(int level) {
    return "summary level " + level;
  }

  private void took(String request, long nanos) {
    millis.computeIfAbsent(request, it -> new ArrayList<>()).add(nanos / 1e6);
  }
}
