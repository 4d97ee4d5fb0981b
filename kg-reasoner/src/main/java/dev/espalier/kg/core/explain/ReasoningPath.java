package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.List;

/**
 * A way through the graph from a query's entity to an answer that visits no entity twice.
 *
 * @param hops in order; a relation of at least the graph's number is an inverse
 * @param weight the share of the answer's score that took this way
 */
public record ReasoningPath(List<Triple> hops, double weight) {

  public ReasoningPath {
    hops = List.copyOf(hops);
  }

  /** The triples as the graph states them. */
  public List<Triple> triples(KnowledgeGraph graph) {
    return hops.stream()
        .map(
            hop ->
                hop.relation() < graph.relationCount()
                    ? hop
                    : new Triple(hop.tail(), graph.inverse(hop.relation()), hop.head()))
        .toList();
  }
}
