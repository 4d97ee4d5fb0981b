package dev.espalier.kg.core.explore;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paths between two entities that visit no entity twice, shortest first.
 *
 * @param maxHops of a path
 * @param maxPaths that are returned
 * @param maxEdges looked at in all
 */
/*
 * Distances to the target by breadth-first search, then depth-first search for each length from 1
 * on, which enters an entity only if the target is near enough. Both count edges against the limit.
 */
public record PathSearch(int maxHops, int maxPaths, long maxEdges) {

  /**
   * What was found.
   *
   * @param paths hop by hop; a relation of at least the graph's number is an inverse
   * @param complete whether the limits left nothing out
   */
  public record Paths(List<List<Triple>> paths, boolean complete) {}

  public PathSearch {
    if (maxHops < 1 || maxPaths < 1 || maxEdges < 1) {
      throw new IllegalArgumentException("the limits of a path search must be 1 or more");
    }
  }

  public Paths between(KnowledgeGraph graph, int from, int to) {
    Search search = new Search(graph, to);
    search.measure();
    for (int length = 1; length <= maxHops && !search.isOver(); length++) {
      search.descend(from, length, new ArrayList<>(List.of(from)), new ArrayList<>());
    }
    return new Paths(List.copyOf(search.found), !search.isOver());
  }

  private final class Search {
    private final KnowledgeGraph graph;
    private final int to;
    private final Map<Integer, Integer> distance = new HashMap<>();
    private final List<List<Triple>> found = new ArrayList<>();
    private long edges;
    private boolean moreThanWanted;

    Search(KnowledgeGraph graph, int to) {
      this.graph = graph;
      this.to = to;
    }

    boolean isOver() {
      return edges >= maxEdges || moreThanWanted;
    }

    void measure() {
      ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(to));
      distance.put(to, 0);
      while (!queue.isEmpty() && edges < maxEdges) {
        int entity = queue.remove();
        int next = distance.getOrDefault(entity, 0) + 1;
        if (next > maxHops) {
          return;
        }
        for (int e = graph.first(entity); e < graph.end(entity) && edges < maxEdges; e++) {
          edges++;
          if (distance.putIfAbsent(graph.edgeTarget(e), next) == null) {
            queue.add(graph.edgeTarget(e));
          }
        }
      }
    }

    void descend(int entity, int left, List<Integer> visited, List<Triple> hops) {
      for (int e = graph.first(entity); e < graph.end(entity) && !isOver(); e++) {
        edges++;
        int target = graph.edgeTarget(e);
        Integer near = distance.get(target);
        if (near == null || near > left - 1 || visited.contains(target)) {
          continue;
        }
        hops.add(new Triple(entity, graph.edgeRelation(e), target));
        if (target != to) {
          visited.add(target);
          descend(target, left - 1, visited, hops);
          visited.remove(visited.size() - 1);
        } else if (left == 1) {
          moreThanWanted = found.size() == maxPaths;
          if (!moreThanWanted) {
            found.add(List.copyOf(hops));
          }
        }
        hops.remove(hops.size() - 1);
      }
    }
  }
}
