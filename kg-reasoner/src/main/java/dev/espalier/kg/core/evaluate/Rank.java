package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.network.Propagation;

/**
 * Where an answer stands among all entities, other known answers left out.
 *
 * @param better entities with a higher score
 * @param equal other entities with the same score
 */
public record Rank(int better, int equal) {

  /** How a rank among equals is counted. */
  public enum Ties {
    /** The middle of the equals: a scorer that tells nothing apart gets what chance gets. */
    MEAN,
    OPTIMISTIC,
    PESSIMISTIC
  }

  /** From 1. */
  public double value(Ties ties) {
    return switch (ties) {
      case MEAN -> 1 + better + equal / 2.0;
      case OPTIMISTIC -> 1 + better;
      case PESSIMISTIC -> 1.0 + better + equal;
    };
  }

  /**
   * Ranks an answer. Entities that were not reached score 0 and count as equals of each other.
   *
   * @param entities in the graph
   * @param known answers, ascending, the asked one possibly among them
   */
  public static Rank of(Propagation forward, int entities, int answer, int[] known) {
    int at = forward.index(answer);
    float score = at < 0 ? 0 : forward.score(at);
    int better = 0;
    int equal = 0;
    for (int i = 0; i < forward.count(); i++) {
      better += forward.score(i) > score ? 1 : 0;
      equal += forward.score(i) == score ? 1 : 0;
    }
    int unreached = entities - forward.count();
    better += 0 > score ? unreached : 0;
    equal += 0 == score ? unreached : 0;
    for (int other : known) {
      if (other != answer) {
        int index = forward.index(other);
        float otherScore = index < 0 ? 0 : forward.score(index);
        better -= otherScore > score ? 1 : 0;
        equal -= otherScore == score ? 1 : 0;
      }
    }
    return new Rank(better, equal - 1);
  }
}
