package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.List;

/**
 * A way through the graph from a query's entity to an answer that visits no entity twice.
 *
 * @param hops in order; a relation of at least the graph's number is an inverse
 * @param weight of a model's path: the share of the answer's score that took this way; of a rule's:
 *     its confidence
 */
public record ReasoningPath(List<Triple> hops, double weight) {

  public ReasoningPath {
    hops = List.copyOf(hops);
  }

  /** The triples as the graph states them. */
  public List<Triple> triples(KnowledgeGraph graph) {
    return hops.stream().map(graph::stated).toList();
  }
}
