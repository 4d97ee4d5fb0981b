package dev.espalier.kg.api;

import dev.espalier.kg.resource.KgException;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** Gives each reason its code and status. */
@Provider
public class KgProblems extends ProblemMapper<KgException> {

  @Override
  protected Problem problemOf(KgException failure) {
    Problem problem =
        switch (failure.reason()) {
          case KG_NOT_FOUND -> kg(404, failure, "There is no such graph");
          case MODEL_NOT_FOUND -> kg(404, failure, "There is no such model");
          case JOB_NOT_FOUND -> kg(404, failure, "There is no such job");
          case MALFORMED_TRIPLES -> kg(400, failure, "The document cannot be read");
          case ENTITY_NOT_FOUND -> kg(422, failure, "The graph has no such entity");
          case RELATION_NOT_FOUND -> kg(422, failure, "The graph has no such relation");
          case NO_MODEL -> kg(409, failure, "The graph has no model");
          case RELATION_NOT_COVERED -> kg(422, failure, "The model does not know the relation");
          case GRAPH_EMPTY -> kg(409, failure, "The graph has nothing to learn from");
          case GRAPH_TOO_LARGE -> kg(422, failure, "The graph does not fit into memory");
          case INVALID_CONFIG -> kg(422, failure, "The configuration is not valid");
          case MALFORMED_ARTEFACT -> kg(400, failure, "The artefact cannot be read");
          case JOB_FINISHED -> kg(409, failure, "The job is over");
          case TOO_MANY_JOBS -> kg(429, failure, "Too many jobs wait or run");
          case TRIPLE_IN_GRAPH -> kg(422, failure, "The graph states a triple that is asked for");
        };
    for (Map.Entry<String, Object> fact : failure.facts().entrySet()) {
      problem = problem.with(fact.getKey(), fact.getValue());
    }
    return problem;
  }

  private static Problem kg(int status, KgException failure, String title) {
    return new Problem(
        status, failure.reason().code(), title, failure.getMessage(), false, Map.of());
  }
}
