package dev.espalier.search.core.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** An answer and what its solutions weigh together in the vote. */
public record AnswerWeight(String answer, double weight) {

  /** The heaviest first; of equals, by their text. */
  static List<AnswerWeight> sorted(Map<String, Double> votes) {
    return votes.entrySet().stream()
        .map(vote -> new AnswerWeight(vote.getKey(), vote.getValue()))
        .sorted(
            Comparator.comparingDouble((AnswerWeight vote) -> -vote.weight())
                .thenComparing(AnswerWeight::answer))
        .toList();
  }
}
