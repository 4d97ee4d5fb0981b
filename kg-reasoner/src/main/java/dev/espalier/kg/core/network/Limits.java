package dev.espalier.kg.core.network;

import dev.espalier.kg.core.graph.HiddenEdges;

/**
 * What one propagation may do.
 *
 * @param keep new entities that a pruning expert keeps at a hop
 * @param maxHops no entity farther away is reached
 * @param maxEdges walked in all hops together
 * @param maxDegree edges walked out of one entity at a hop; of more, every n-th is taken
 * @param deadline in the clock's nanoseconds
 * @param hidden triples that are not there
 */
public record Limits(
    int keep, int maxHops, long maxEdges, int maxDegree, long deadline, HiddenEdges hidden) {

  /** A hub is walked over this many of its edges. */
  public static final int DEFAULT_MAX_DEGREE = 20_000;

  /** Only the model's own pruning. */
  public static Limits of(int keep, HiddenEdges hidden) {
    return new Limits(
        keep, Integer.MAX_VALUE, Long.MAX_VALUE, DEFAULT_MAX_DEGREE, Long.MAX_VALUE, hidden);
  }
}
