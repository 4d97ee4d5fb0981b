package dev.espalier.kg.api;

import dev.espalier.kg.resource.KgException;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each reason its code and status. */
@Provider
public class KgProblems extends ProblemMapper<KgException> {

  @Override
  protected Problem problemOf(KgException failure) {
    String detail = failure.getMessage();
    Problem problem =
        switch (failure.reason()) {
          case KG_NOT_FOUND -> kg(404, "not_found", "There is no such graph", detail);
          case MODEL_NOT_FOUND -> kg(404, "model_not_found", "There is no such model", detail);
          case JOB_NOT_FOUND -> kg(404, "job_not_found", "There is no such job", detail);
          case MALFORMED_TRIPLES ->
              kg(400, "malformed_triples", "The document cannot be read", detail);
          case TRIPLES_TOO_LARGE ->
              kg(413, "triples_too_large", "The document is too large", detail);
          case ENTITY_NOT_FOUND ->
              kg(422, "entity_not_found", "The graph has no such entity", detail);
          case RELATION_NOT_FOUND ->
              kg(422, "relation_not_found", "The graph has no such relation", detail);
          case NO_MODEL -> kg(409, "no_model", "The graph has no model", detail);
          case RELATIONS_NOT_COVERED ->
              kg(422, "relations_not_covered", "The model does not know the relation", detail);
          case GRAPH_EMPTY -> kg(409, "graph_empty", "The graph has nothing to learn from", detail);
          case GRAPH_TOO_LARGE ->
              kg(422, "graph_too_large", "The graph does not fit into memory", detail);
          case INVALID_CONFIG ->
              kg(422, "invalid_config", "The configuration is not valid", detail);
          case MALFORMED_ARTEFACT ->
              kg(400, "malformed_artefact", "The artefact cannot be read", detail);
          case JOB_FINISHED -> kg(409, "job_finished", "The job is over", detail);
          case TOO_MANY_JOBS ->
              kg(429, "too_many_jobs", "Too many jobs are waiting or running", detail);
        };
    for (Map.Entry<String, Object> fact : failure.facts().entrySet()) {
      problem = problem.with(fact.getKey(), fact.getValue());
    }
    return problem;
  }

  private static Problem kg(int status, String code, String title, @Nullable String detail) {
    return new Problem(status, "kg." + code, title, detail, false, Map.of());
  }
}
