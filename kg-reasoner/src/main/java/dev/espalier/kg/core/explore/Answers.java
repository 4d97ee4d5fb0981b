package dev.espalier.kg.core.explore;

import dev.espalier.kg.core.network.Hop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a query found.
 *
 * @param answers best first; equals by entity id
 * @param lengthWeights of the path lengths 1, 2, ...
 * @param hops what happened at each hop that was finished
 * @param complete whether nothing was pruned, capped, or cut by the budget
 * @param budgetMet whether the walk was finished within the budget
 * @param nanos of wall-clock time
 */
public record Answers(
    List<Answer> answers,
    List<Double> lengthWeights,
    List<Hop> hops,
    boolean complete,
    boolean budgetMet,
    long nanos) {

  public Answers {
    answers = List.copyOf(answers);
    lengthWeights = List.copyOf(lengthWeights);
    hops = List.copyOf(hops);
  }

  /** Answers in order, with their ranks. */
  public static List<Answer> ranked(Collection<Answer> answers) {
    List<Answer> sorted = new ArrayList<>(answers);
    sorted.sort(Answer.BEST_FIRST);
    List<Answer> ranked = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Answer a = sorted.get(i);
      boolean equal = i > 0 && sorted.get(i - 1).score() == a.score();
      ranked.add(a.at(equal ? ranked.get(i - 1).rank() : i + 1));
    }
    return ranked;
  }

  public long edges() {
    return hops.stream().mapToLong(Hop::edges).sum();
  }
}
