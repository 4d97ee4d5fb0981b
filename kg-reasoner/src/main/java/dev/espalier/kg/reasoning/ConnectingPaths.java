package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Simple paths between two entities, the shortest first. */
/*
 * A breadth-first search from the end says how far every entity near it is; a depth-first search
 * from the beginning then only steps where the end is still in reach. Both count edges and stop at
 * the limit, so that a hub costs no more than that.
 */
public final class ConnectingPaths {

  private static final int EDGES_BETWEEN_LOOKS = 4096;

  private final KnowledgeGraph graph;
  private final int maxHops;
  private final int most;
  private final BooleanSupplier isOver;
  private final Map<Integer, Integer> distance = new HashMap<>();
  private final List<List<Step>> found = new ArrayList<>();
  private final List<Step> path = new ArrayList<>();
  private final Set<Integer> onPath = new HashSet<>();
  private long edgesLeft;
  private boolean isCut;

  /**
   * @param maxHops of a path
   * @param most paths
   * @param maxEdges looked at
   * @param isOver whether the time is up
   */
  public ConnectingPaths(
      KnowledgeGraph graph, int maxHops, int most, long maxEdges, BooleanSupplier isOver) {
    this.graph = graph;
    this.maxHops = maxHops;
    this.most = most;
    this.isOver = isOver;
    edgesLeft = maxEdges;
  }

  /** Used once. */
  public Found between(int from, int to) {
    measure(to);
    onPath.add(from);
    int nearest = distance.getOrDefault(from, maxHops + 1);
    for (int length = Math.max(1, nearest); length <= maxHops && canGoOn(); length++) {
      extend(from, to, length);
    }
    return new Found(List.copyOf(found), !isCut);
  }

  private void measure(int to) {
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    distance.put(to, 0);
    queue.add(to);
    while (!queue.isEmpty() && !isCut) {
      int entity = queue.remove();
      int next = distance.getOrDefault(entity, 0) + 1;
      if (next > maxHops) {
        return;
      }
      for (int e = graph.first(entity); e < graph.end(entity) && spend(); e++) {
        if (distance.putIfAbsent(graph.edgeTarget(e), next) == null) {
          queue.add(graph.edgeTarget(e));
        }
      }
    }
  }

  /** Adds the paths of exactly this length. */
  private void extend(int entity, int to, int length) {
    for (int e = graph.first(entity); e < graph.end(entity) && canGoOn() && spend(); e++) {
      int target = graph.edgeTarget(e);
      path.add(new Step(entity, graph.edgeRelation(e), target));
      if (length == 1) {
        if (target == to && !onPath.contains(target)) {
          found.add(List.copyOf(path));
        }
      } else if (target != to
          && distance.getOrDefault(target, maxHops + 1) < length
          && onPath.add(target)) {
        extend(target, to, length - 1);
        onPath.remove(target);
      }
      path.remove(path.size() - 1);
    }
  }

  private boolean canGoOn() {
    if (found.size() >= most) {
      isCut = true;
    }
    return !isCut;
  }

  private boolean spend() {
    edgesLeft--;
    if (edgesLeft < 0 || edgesLeft % EDGES_BETWEEN_LOOKS == 0 && isOver.getAsBoolean()) {
      isCut = true;
    }
    return !isCut;
  }

  /** An edge that is walked; the relation may be an inverse. */
  public record Step(int source, int relation, int target) {}

  /**
   * Paths.
   *
   * @param complete whether these are all there are
   */
  public record Found(List<List<Step>> paths, boolean complete) {}
}
