package dev.espalier.equivalence.core.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Merges the most probable pairs first, and two clusters only where every pair across them is
 * equivalent. Ties go by the index, so that the result depends on nothing but the nodes, which the
 * caller numbers by their content.
 */
final class CompleteLinkage {

  /** An equivalent pair of nodes, a before b. */
  record Edge(int a, int b, double probability) {}

  private CompleteLinkage() {}

  static List<List<Integer>> clusters(int nodes, List<Edge> equivalent) {
    boolean[][] linked = new boolean[nodes][nodes];
    List<List<Integer>> clusterOf = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      clusterOf.add(new ArrayList<>(List.of(i)));
    }
    for (Edge edge : equivalent) {
      linked[edge.a()][edge.b()] = true;
      linked[edge.b()][edge.a()] = true;
    }
    List<Edge> edges = new ArrayList<>(equivalent);
    edges.sort(
        Comparator.comparingDouble((Edge e) -> -e.probability())
            .thenComparingInt(Edge::a)
            .thenComparingInt(Edge::b));
    for (Edge edge : edges) {
      List<Integer> x = clusterOf.get(edge.a());
      List<Integer> y = clusterOf.get(edge.b());
      if (x != y && x.stream().allMatch(i -> y.stream().allMatch(j -> linked[i][j]))) {
        x.addAll(y);
        y.forEach(j -> clusterOf.set(j, x));
      }
    }
    List<List<Integer>> clusters = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      List<Integer> cluster = clusterOf.get(i);
      if (clusters.stream().noneMatch(c -> c == cluster)) {
        clusters.add(cluster);
      }
    }
    return clusters;
  }
}
