package dev.espalier.kg.api;

import dev.espalier.kg.core.explain.Engine;
import dev.espalier.kg.core.explain.Fidelity;
import dev.espalier.kg.core.explain.ReasoningPath;
import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.reasoning.GraphNames;
import dev.espalier.kg.resource.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to answers the paths that support them, for as many answers as the time allows. */
@ApplicationScoped
class Explaining {

  private static final int DEFAULT_PATHS = 3;

  /** Answers that are explained; the others have no paths. */
  private static final int MOST_ANSWERS = 20;

  private static final long FIDELITY_SEED = 1;

  private final Clock clock;

  Explaining(Clock clock) {
    this.clock = clock;
  }

  List<QueryBody.Entity> explain(
      Scope scope,
      Engine engine,
      Query query,
      Answers answers,
      QueryBody.@Nullable Explain wanted) {
    KnowledgeGraph graph = engine.graph();
    if (wanted == null) {
      return QueryBody.entities(answers, graph.entities().all());
    }
    boolean wantsFidelity = Boolean.TRUE.equals(wanted.fidelity());
    int count = wanted.paths() == null ? DEFAULT_PATHS : wanted.paths();
    List<QueryBody.Entity> explained = new ArrayList<>();
    for (int i = 0; i < answers.answers().size(); i++) {
      Answer answer = answers.answers().get(i);
      String name = graph.entities().name(answer.entity());
      if (i >= MOST_ANSWERS || !clock.instant().isBefore(scope.deadline())) {
        explained.add(QueryBody.Entity.of(answer, name));
        continue;
      }
      List<ReasoningPath> paths = engine.paths(query, answer.entity(), count);
      explained.add(
          new QueryBody.Entity(
              name,
              answer.score(),
              answer.probability(),
              answer.known(),
              answer.rank(),
              paths.stream()
                  .map(
                      path ->
                          new QueryBody.Path(GraphNames.hops(graph, path.hops()), path.weight()))
                  .toList(),
              i == 0 && wantsFidelity && !paths.isEmpty()
                  ? fidelity(engine, query, paths.get(0))
                  : null));
    }
    return explained;
  }

  private static QueryBody.Faithful fidelity(Engine engine, Query query, ReasoningPath path) {
    Fidelity fidelity = Fidelity.of(engine, query, path, FIDELITY_SEED);
    return new QueryBody.Faithful(fidelity.changed(), fidelity.changedByRandom(), FIDELITY_SEED);
  }
}
