package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.network.BoundGraph;
import java.util.List;

/**
 * Answers by a model.
 *
 * @param bound the graph as the model sees it, made by the explorer
 */
public record PathEngine(Explorer explorer, BoundGraph bound) implements Engine {

  @Override
  public KnowledgeGraph graph() {
    return bound.graph();
  }

  /**
   * @throws IllegalArgumentException if the model does not know the relation
   */
  @Override
  public Answers answer(Query query) {
    return explorer.answer(bound, query);
  }

  @Override
  public List<ReasoningPath> paths(Query query, int answer, int count) {
    return new Explainer(explorer).paths(bound, query, answer, count);
  }

  @Override
  public List<List<Triple>> walked(Query query) {
    return explorer.inspect(bound, query, (forward, weights) -> forward.walked(bound));
  }
}
