package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Follows the body of a rule from an entity, on ways that visit no entity twice. */
final class RuleWalk {

  /** Of one body from one entity; what is left then is not followed. */
  private static final int MOST_EDGES = 20_000;

  private final KnowledgeGraph graph;
  private final HiddenEdges hidden;
  private final BooleanSupplier isOver;
  private final List<Triple> way = new ArrayList<>();
  private long edges;
  private long limit;
  private boolean isCapped;

  RuleWalk(KnowledgeGraph graph) {
    this(graph, HiddenEdges.none(), () -> false);
  }

  /**
   * @param isOver asked at every edge; the walk then ends
   */
  RuleWalk(KnowledgeGraph graph, HiddenEdges hidden, BooleanSupplier isOver) {
    this.graph = graph;
    this.hidden = hidden;
    this.isOver = isOver;
  }

  /** Where the body leads, in the order in which it was found. */
  Set<Integer> ends(int start, List<Integer> body) {
    Set<Integer> ends = new LinkedHashSet<>();
    limit = edges + MOST_EDGES;
    follow(start, body, 0, new int[body.size() + 1], (end, hops) -> ends.add(end));
    return ends;
  }

  /** Some ways of the body to an entity. */
  List<List<Triple>> ways(int start, List<Integer> body, int wanted, int most) {
    List<List<Triple>> ways = new ArrayList<>();
    limit = edges + MOST_EDGES;
    follow(
        start,
        body,
        0,
        new int[body.size() + 1],
        (end, hops) -> {
          if (end == wanted && ways.size() < most) {
            ways.add(List.copyOf(hops));
          }
        });
    return ways;
  }

  /** Edges that were looked at in all. */
  long edges() {
    return edges;
  }

  /** Whether some body had more edges than are followed. */
  boolean isCapped() {
    return isCapped;
  }

  private void follow(int entity, List<Integer> body, int step, int[] visited, EndVisitor found) {
    visited[step] = entity;
    if (step == body.size()) {
      found.visit(entity, way);
      return;
    }
    int relation = body.get(step);
    int end = graph.first(entity, relation + 1);
    for (int e = graph.first(entity, relation); e < end; e++) {
      if (edges >= limit || isOver.getAsBoolean()) {
        isCapped |= edges >= limit;
        return;
      }
      edges++;
      int target = graph.edgeTarget(e);
      if (isVisited(visited, step, target) || hidden.hides(entity, relation, target)) {
        continue;
      }
      way.add(new Triple(entity, relation, target));
      follow(target, body, step + 1, visited, found);
      way.remove(way.size() - 1);
    }
  }

  private static boolean isVisited(int[] visited, int step, int entity) {
    for (int i = 0; i <= step; i++) {
      if (visited[i] == entity) {
        return true;
      }
    }
    return false;
  }

  private interface EndVisitor {
    void visit(int end, List<Triple> hops);
  }
}
