package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.network.Hop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Follows the bodies of rules from an entity, on ways that visit no entity twice. */
final class RuleWalk {

  /** Of one body from one entity; what is left then is not followed. */
  private static final int MOST_EDGES = 20_000;

  private final KnowledgeGraph graph;
  private final HiddenEdges hidden;
  private final Spending spending;
  private final List<Triple> way = new ArrayList<>();
  private final long[] edges = new long[Rule.LONGEST];
  private final int[] followed = new int[Rule.LONGEST];
  private final boolean[] capped = new boolean[Rule.LONGEST];
  private int left;

  RuleWalk(KnowledgeGraph graph, HiddenEdges hidden, Spending spending) {
    this.graph = graph;
    this.hidden = hidden;
    this.spending = spending;
  }

  /** Where the body leads, in the order in which it was found. */
  Set<Integer> ends(int start, List<Integer> body) {
    Set<Integer> ends = new LinkedHashSet<>();
    follow(
        start,
        body,
        hops -> {
          if (hops.size() == body.size()) {
            ends.add(hops.get(hops.size() - 1).tail());
          }
          return true;
        });
    return ends;
  }

  /** Some ways of the body to an entity. */
  List<List<Triple>> ways(int start, List<Integer> body, int wanted, int most) {
    List<List<Triple>> ways = new ArrayList<>();
    follow(
        start,
        body,
        hops -> {
          if (hops.size() == body.size() && hops.get(hops.size() - 1).tail() == wanted) {
            ways.add(List.copyOf(hops));
          }
          return ways.size() < most;
        });
    return ways;
  }

  /** Shows every way along the body, and every beginning of one, to a visitor. */
  void follow(int start, List<Integer> body, WayVisitor visitor) {
    left = MOST_EDGES;
    way.clear();
    follow(start, body, new int[body.size() + 1], visitor);
  }

  /** What happened at each hop of all bodies together; candidates are ways, not entities. */
  List<Hop> hops() {
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < edges.length && edges[i] > 0; i++) {
      hops.add(new Hop(followed[i], followed[i], edges[i], capped[i]));
    }
    return hops;
  }

  /** Whether some body had more edges than are followed. */
  boolean isCapped() {
    boolean any = false;
    for (boolean one : capped) {
      any |= one;
    }
    return any;
  }

  private boolean follow(int entity, List<Integer> body, int[] visited, WayVisitor visitor) {
    int step = way.size();
    visited[step] = entity;
    if (step == body.size()) {
      return true;
    }
    int relation = body.get(step);
    int end = graph.first(entity, relation + 1);
    for (int e = graph.first(entity, relation); e < end; e++) {
      if (left == 0) {
        capped[step] = true;
        return false;
      }
      if (!spending.takesEdge()) {
        return false;
      }
      left--;
      edges[step]++;
      int target = graph.edgeTarget(e);
      if (isVisited(visited, step, target) || hidden.hides(entity, relation, target)) {
        continue;
      }
      followed[step]++;
      way.add(new Triple(entity, relation, target));
      boolean goesOn = visitor.visit(way) && follow(target, body, visited, visitor);
      way.remove(way.size() - 1);
      if (!goesOn) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisited(int[] visited, int step, int entity) {
    for (int i = 0; i <= step; i++) {
      if (visited[i] == entity) {
        return true;
      }
    }
    return false;
  }

  /** Sees hops that lead on from each other; must not keep the list. */
  @FunctionalInterface
  interface WayVisitor {

    /** Whether to go on. */
    boolean visit(List<Triple> hops);
  }
}
