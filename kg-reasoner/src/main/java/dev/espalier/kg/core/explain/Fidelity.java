package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Whether the best answer depends on a path: the query is asked again without the path's triples.
 *
 * @param changed whether another entity is then the best answer, or none
 * @param changedByRandom the same, without as many other triples that the walk went along
 */
/*
 * The other triples are drawn hop by hop: for the n-th triple of the path one of those that the walk
 * went along at its n-th hop, to an entity that stayed. They lie as near to the question as the
 * path's own; triples from anywhere in the walk are mostly far from the answer, and no control. A hop
 * with no other triple, as at an entity with a single one, gives none of its own; one of any hop
 * takes its place.
 */
public record Fidelity(boolean changed, boolean changedByRandom) {

  /**
   * @param seed of the choice of other triples
   */
  public static Fidelity of(Engine engine, Query query, ReasoningPath path, long seed) {
    KnowledgeGraph graph = engine.graph();
    List<Triple> triples = path.triples(graph);
    List<Triple> drawn = drawn(engine.walked(query), triples, new SplittableRandom(seed));
    int best = best(engine, query);
    return new Fidelity(
        best(engine, without(graph, query, triples)) != best,
        best(engine, without(graph, query, drawn)) != best);
  }

  /** As many as the path has, none of them its own. */
  private static List<Triple> drawn(
      List<List<Triple>> walked, List<Triple> path, SplittableRandom random) {
    List<Triple> drawn = new ArrayList<>();
    for (int hop = 0; hop < path.size(); hop++) {
      Set<Triple> others = new LinkedHashSet<>(hop < walked.size() ? walked.get(hop) : List.of());
      leaveOut(others, path, drawn);
      if (others.isEmpty()) {
        walked.forEach(others::addAll);
        leaveOut(others, path, drawn);
      }
      if (!others.isEmpty()) {
        drawn.add(List.copyOf(others).get(random.nextInt(others.size())));
      }
    }
    return drawn;
  }

  private static void leaveOut(Set<Triple> others, List<Triple> path, List<Triple> drawn) {
    path.forEach(others::remove);
    drawn.forEach(others::remove);
  }

  private static Query without(KnowledgeGraph graph, Query query, List<Triple> triples) {
    return query.hiding(query.hidden().and(HiddenEdges.of(graph, triples)));
  }

  private static int best(Engine engine, Query query) {
    Answers answers = engine.answer(query);
    return answers.answers().isEmpty() ? -1 : answers.answers().get(0).entity();
  }
}
