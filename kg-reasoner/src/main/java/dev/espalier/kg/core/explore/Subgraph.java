package dev.espalier.kg.core.explore;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The triples around some entities that fit a budget.
 *
 * @param triples nearest first
 * @param complete whether every triple within the hops fitted
 */
public record Subgraph(List<Triple> triples, boolean complete) {

  private static final int MOST_EDGES_PER_ENTITY = 1000;

  public Subgraph {
    triples = List.copyOf(triples);
  }

  /**
   * Ring by ring; within a ring, the edges to entities of low degree first, which say more.
   *
   * @param budget the sum of the costs, at most
   * @param cost of a triple: 1, or its tokens
   */
  public static Subgraph around(
      KnowledgeGraph graph,
      Collection<Integer> seeds,
      int hops,
      long budget,
      ToLongFunction<Triple> cost) {
    Set<Triple> chosen = new LinkedHashSet<>();
    Set<Integer> seen = new LinkedHashSet<>(seeds);
    List<Integer> ring = new ArrayList<>(seen);
    long left = budget;
    boolean complete = true;
    for (int hop = 0; hop < hops && left > 0; hop++) {
      List<Integer> next = new ArrayList<>();
      for (Triple edge : edges(graph, ring)) {
        int target = seen.contains(edge.tail()) ? -1 : edge.tail();
        Triple stated = stated(graph, edge);
        long price = cost.applyAsLong(stated);
        if (chosen.contains(stated)) {
          continue;
        }
        if (price > left) {
          complete = false;
          continue;
        }
        chosen.add(stated);
        left -= price;
        if (target >= 0 && seen.add(target)) {
          next.add(target);
        }
      }
      complete &= ring.stream().allMatch(e -> graph.degree(e) <= MOST_EDGES_PER_ENTITY);
      ring = next;
    }
    return new Subgraph(List.copyOf(chosen), complete && (left > 0 || ring.isEmpty()));
  }

  private static List<Triple> edges(KnowledgeGraph graph, List<Integer> ring) {
    List<Triple> edges = new ArrayList<>();
    for (int entity : ring) {
      int end = Math.min(graph.end(entity), graph.first(entity) + MOST_EDGES_PER_ENTITY);
      for (int e = graph.first(entity); e < end; e++) {
        edges.add(new Triple(entity, graph.edgeRelation(e), graph.edgeTarget(e)));
      }
    }
    edges.sort(Comparator.comparingInt(edge -> graph.degree(edge.tail())));
    return edges;
  }

  private static Triple stated(KnowledgeGraph graph, Triple edge) {
    return edge.relation() < graph.relationCount()
        ? edge
        : new Triple(edge.tail(), graph.inverse(edge.relation()), edge.head());
  }
}
