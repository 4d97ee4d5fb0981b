package dev.espalier.kg.api;

import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.reasoning.Opening.Opened;
import dev.espalier.kg.resource.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to answers the paths that support them. */
@ApplicationScoped
class Explaining {

  List<QueryBody.Entity> explain(
      Scope scope,
      Opened opened,
      Query query,
      Answers answers,
      QueryBody.@Nullable Explain wanted) {
    return QueryBody.entities(answers, opened.graph().graph().entities().all());
  }
}
