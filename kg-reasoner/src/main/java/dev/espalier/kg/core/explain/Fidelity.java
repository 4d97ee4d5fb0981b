package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.network.BoundGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether the best answer depends on a path: the query is asked again without the path's triples.
 *
 * @param changed whether another entity is then the best answer, or none
 * @param changedByRandom the same, without as many other triples that the walk went along
 */
public record Fidelity(boolean changed, boolean changedByRandom) {

  /**
   * @param seed of the choice of other triples
   */
  public static Fidelity of(
      Explorer explorer, BoundGraph graph, Query query, ReasoningPath path, long seed) {
    List<Triple> triples = path.triples(graph.graph());
    List<Triple> others = walked(explorer, graph, query);
    others.removeAll(triples);
    SplittableRandom random = new SplittableRandom(seed);
    List<Triple> drawn = new ArrayList<>();
    while (drawn.size() < triples.size() && !others.isEmpty()) {
      drawn.add(others.remove(random.nextInt(others.size())));
    }
    int best = best(explorer, graph, query);
    return new Fidelity(
        best(explorer, graph, without(graph.graph(), query, triples)) != best,
        best(explorer, graph, without(graph.graph(), query, drawn)) != best);
  }

  private static Query without(KnowledgeGraph graph, Query query, List<Triple> triples) {
    return query.hiding(query.hidden().and(HiddenEdges.of(graph, triples)));
  }

  private static int best(Explorer explorer, BoundGraph graph, Query query) {
    Answers answers = explorer.answer(graph, query);
    return answers.answers().isEmpty() ? -1 : answers.answers().get(0).entity();
  }

  /** All triples between entities that the walk kept. */
  private static List<Triple> walked(Explorer explorer, BoundGraph bound, Query query) {
    KnowledgeGraph graph = bound.graph();
    return explorer.inspect(
        bound,
        query,
        (forward, weights) -> {
          List<Triple> triples = new ArrayList<>();
          for (int i = 0; i < forward.count(); i++) {
            int entity = forward.entity(i);
            for (int e = graph.first(entity); e < graph.end(entity); e++) {
              boolean forwards = graph.edgeRelation(e) < graph.relationCount();
              if (forwards && forward.index(graph.edgeTarget(e)) >= 0) {
                triples.add(new Triple(entity, graph.edgeRelation(e), graph.edgeTarget(e)));
              }
            }
          }
          return triples;
        });
  }
}
