package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The triples around some entities, nearest first, within a budget. */
/*
 * Breadth-first, an edge of each entity of a ring in turn: a hub gets no more of the budget than its
 * neighbours do. Edges of the relation that matters go before the others of the same entity.
 */
public final class Neighbourhood {

  /** Edges looked at for every triple taken; bounds the work at hubs. */
  private static final int EDGES_PER_TRIPLE = 64;

  private final KnowledgeGraph graph;
  private final int preferred;
  private final int mostTriples;

  /**
   * @param preferred a relation whose triples come first; negative for none
   * @param mostTriples that are looked for
   */
  public Neighbourhood(KnowledgeGraph graph, int preferred, int mostTriples) {
    this.graph = graph;
    this.preferred = preferred;
    this.mostTriples = mostTriples;
  }

  /** Triples in the order in which a budget should spend itself on them. */
  public List<Triple> around(List<Integer> seeds) {
    Set<Triple> taken = new LinkedHashSet<>();
    Set<Integer> seen = new HashSet<>(seeds);
    List<Integer> ring = List.copyOf(seen.isEmpty() ? seeds : new LinkedHashSet<>(seeds));
    while (!ring.isEmpty() && taken.size() < mostTriples) {
      List<Integer> next = new ArrayList<>();
      ArrayDeque<Edges> turns = new ArrayDeque<>();
      ring.forEach(entity -> turns.add(new Edges(entity)));
      long looks = (long) EDGES_PER_TRIPLE * mostTriples;
      while (!turns.isEmpty() && taken.size() < mostTriples && looks-- > 0) {
        Edges edges = turns.remove();
        int edge = edges.next();
        if (edge < 0) {
          continue;
        }
        turns.add(edges);
        taken.add(triple(edges.entity, edge));
        if (seen.add(graph.edgeTarget(edge))) {
          next.add(graph.edgeTarget(edge));
        }
      }
      ring = next;
    }
    return List.copyOf(taken);
  }

  private Triple triple(int entity, int edge) {
    int relation = graph.edgeRelation(edge);
    int target = graph.edgeTarget(edge);
    return relation < graph.relationCount()
        ? new Triple(entity, relation, target)
        : new Triple(target, graph.inverse(relation), entity);
  }

  /** The edges of an entity, those of the preferred relation first. */
  private final class Edges {

    private final int entity;
    private int at;
    private boolean isPreferredTurn = preferred >= 0;

    Edges(int entity) {
      this.entity = entity;
      at = graph.first(entity);
    }

    int next() {
      while (true) {
        for (; at < graph.end(entity); at++) {
          if (preferred < 0 || isPreferred(at) == isPreferredTurn) {
            return at++;
          }
        }
        if (!isPreferredTurn) {
          return -1;
        }
        isPreferredTurn = false;
        at = graph.first(entity);
      }
    }

    private boolean isPreferred(int edge) {
      int relation = graph.edgeRelation(edge);
      return relation == preferred || relation == graph.inverse(preferred);
    }
  }
}
