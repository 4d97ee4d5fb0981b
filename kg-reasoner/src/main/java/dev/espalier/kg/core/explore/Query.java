package dev.espalier.kg.core.explore;

import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;

/**
 * (entity, relation, ?).
 *
 * @param relation of the graph; an inverse asks for heads
 * @param k answers at most
 * @param maxHops no answer farther away
 * @param excludesKnown whether answers that the graph states are left out
 * @param hidden triples that are taken for absent
 */
public record Query(
    int entity,
    int relation,
    int k,
    int maxHops,
    Budget budget,
    boolean excludesKnown,
    HiddenEdges hidden) {

  /**
   * @throws IllegalArgumentException if k or maxHops is not positive
   */
  public Query {
    if (k < 1 || maxHops < 1) {
      throw new IllegalArgumentException("k and max_hops must be 1 or more");
    }
  }

  /** Asks for tails, without any limit but the model's. */
  public static Query ofHead(int head, int relation, int k) {
    return new Query(
        head, relation, k, Integer.MAX_VALUE, Budget.unlimited(), true, HiddenEdges.none());
  }

  /** Asks for heads: (tail, inverse of the relation, ?). */
  public static Query ofTail(KnowledgeGraph graph, int relation, int tail, int k) {
    return ofHead(tail, graph.inverse(relation), k);
  }

  public Query with(Budget other) {
    return new Query(entity, relation, k, maxHops, other, excludesKnown, hidden);
  }

  public Query withMaxHops(int other) {
    return new Query(entity, relation, k, other, budget, excludesKnown, hidden);
  }

  public Query withKnown() {
    return new Query(entity, relation, k, maxHops, budget, false, hidden);
  }

  public Query hiding(HiddenEdges other) {
    return new Query(entity, relation, k, maxHops, budget, excludesKnown, other);
  }
}
