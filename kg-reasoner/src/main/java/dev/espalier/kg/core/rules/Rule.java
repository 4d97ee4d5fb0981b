package dev.espalier.kg.core.rules;

import java.util.Comparator;
import java.util.List;

/**
 * (x, head, y) holds where the relations of the body lead from x to y.
 *
 * @param head the relation that is concluded; inverses included
 * @param body one to three relations, in order; inverses included
 * @param confidence the share of conclusions that the graph states, shrunk towards 0 where few were
 *     seen
 */
public record Rule(int head, List<Integer> body, double confidence) {

  /** Relations of a body at most. */
  public static final int LONGEST = 3;

  /** The surest first; equals by their bodies, so that the order is always the same. */
  public static final Comparator<Rule> SUREST_FIRST =
      Comparator.comparingDouble(Rule::confidence)
          .reversed()
          .thenComparing(rule -> rule.body().size())
          .thenComparing(rule -> rule.body().toString());

  /**
   * @throws IllegalArgumentException if the body is empty or too long
   */
  public Rule {
    body = List.copyOf(body);
    if (body.isEmpty() || body.size() > LONGEST) {
      throw new IllegalArgumentException("a body has one to " + LONGEST + " relations");
    }
  }
}
