package dev.espalier.kg.core.explore;

import dev.espalier.kg.core.network.Hop;
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

  public long edges() {
    return hops.stream().mapToLong(Hop::edges).sum();
  }
}
