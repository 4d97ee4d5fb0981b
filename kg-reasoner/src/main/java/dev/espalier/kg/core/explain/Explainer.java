package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.network.Attribution;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.network.Propagation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the paths that gave an answer its score. */
/*
 * What an edge contributes is alpha_e * d score / d alpha_e, from one pass back through the walk.
 * From the answer, each hop hands its relevance on to where its messages came from, in proportion to
 * positive contributions (the state an entity had before counts as a message to itself). A beam
 * follows the most relevant entities back to the query's. Ways that differ only in when they waited
 * are the same path, and their relevance is added up. Paths visit no entity twice; each hop costs a
 * tenth of the weight, so that of two equal paths the shorter is first.
 */
public final class Explainer {

  private static final int BEAM = 200;
  private static final double HOP_PENALTY = 0.9;

  /** A path's end part: where it has come to, going back, and the hops from there on. */
  private record Partial(int index, List<Triple> hops) {

    boolean visits(int entity) {
      return hops.stream().anyMatch(hop -> hop.head() == entity || hop.tail() == entity);
    }
  }

  private final Explorer explorer;

  public Explainer(Explorer explorer) {
    this.explorer = explorer;
  }

  /**
   * The paths to an answer, best first; none if the walk did not reach it, or it is the query's own
   * entity. The walk is made again, under the query's limits.
   */
  public List<ReasoningPath> paths(BoundGraph graph, Query query, int answer, int count) {
    return explorer.inspect(
        graph,
        query,
        (forward, weights) -> {
          int index = forward.index(answer);
          boolean scored = forward.completedHops() >= weights.config().firstScoredLayer();
          if (index <= 0 || !scored) {
            return List.of();
          }
          Attribution back = Attribution.of(forward, weights, explorer.kernels(), index);
          return best(beam(graph, forward, back, index), count);
        });
  }

  private static Map<Partial, Double> beam(
      BoundGraph graph, Propagation forward, Attribution back, int answer) {
    Map<Partial, Double> beam = new HashMap<>();
    for (int hop = back.hops(); hop >= 1; hop--) {
      if (back.lengthWeight(hop) > 0 && answer < back.entities(hop)) {
        beam.merge(new Partial(answer, List.of()), (double) back.lengthWeight(hop), Double::sum);
      }
      beam = strongest(step(graph, forward, back, hop, beam));
    }
    return beam;
  }

  private static Map<Partial, Double> step(
      BoundGraph graph, Propagation forward, Attribution back, int hop, Map<Partial, Double> beam) {
    Map<Integer, List<Map.Entry<Partial, Double>>> byIndex = new HashMap<>();
    beam.entrySet()
        .forEach(e -> byIndex.computeIfAbsent(e.getKey().index(), i -> new ArrayList<>()).add(e));
    Map<Partial, Double> next = new HashMap<>();
    float[] carried = back.carried(hop);
    byIndex.forEach(
        (index, partials) -> {
          if (index < carried.length && carried[index] > 0) {
            partials.forEach(
                p -> next.merge(p.getKey(), p.getValue() * carried[index], Double::sum));
          }
        });
    float[] shares = back.shares(hop);
    for (int e = 0; e < shares.length; e++) {
      List<Map.Entry<Partial, Double>> partials = byIndex.get(back.target(hop, e));
      if (partials == null || shares[e] == 0) {
        continue;
      }
      for (Map.Entry<Partial, Double> p : partials) {
        Partial longer = extend(graph, forward, back, hop, e, p.getKey());
        if (longer != null) {
          boolean waits = back.isSelfLoop(hop, e);
          double share = waits ? shares[e] : shares[e] * HOP_PENALTY;
          next.merge(longer, p.getValue() * share, Double::sum);
        }
      }
    }
    return next;
  }

  private static @Nullable Partial extend(
      BoundGraph graph, Propagation forward, Attribution back, int hop, int edge, Partial partial) {
    if (back.isSelfLoop(hop, edge)) {
      return partial;
    }
    int from = forward.entity(back.source(hop, edge));
    int to = forward.entity(back.target(hop, edge));
    if (from == to || partial.visits(from)) {
      return null;
    }
    List<Triple> hops = new ArrayList<>();
    hops.add(new Triple(from, graph.toGraph(back.relation(hop, edge)), to));
    hops.addAll(partial.hops());
    return new Partial(back.source(hop, edge), List.copyOf(hops));
  }

  private static Map<Partial, Double> strongest(Map<Partial, Double> beam) {
    if (beam.size() <= BEAM) {
      return beam;
    }
    Map<Partial, Double> kept = new HashMap<>();
    beam.entrySet().stream()
        .sorted(order())
        .limit(BEAM)
        .forEach(e -> kept.put(e.getKey(), e.getValue()));
    return kept;
  }

  private static List<ReasoningPath> best(Map<Partial, Double> beam, int count) {
    return beam.entrySet().stream()
        .filter(e -> e.getKey().index() == 0 && !e.getKey().hops().isEmpty())
        .sorted(order())
        .limit(count)
        .map(e -> new ReasoningPath(e.getKey().hops(), e.getValue()))
        .toList();
  }

  /** Heaviest first; equals by their text, so that the order never depends on hashing. */
  private static Comparator<Map.Entry<Partial, Double>> order() {
    return Comparator.<Map.Entry<Partial, Double>>comparingDouble(e -> -e.getValue())
        .thenComparing(e -> e.getKey().hops().toString());
  }
}
