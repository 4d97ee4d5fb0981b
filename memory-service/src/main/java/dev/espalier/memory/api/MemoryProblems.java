package dev.espalier.memory.api;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each reason of the engine its code and status. */
@Provider
public class MemoryProblems extends ProblemMapper<MemoryException> {

  @Override
  protected Problem problemOf(MemoryException failure) {
    String detail = failure.getMessage();
    Problem problem =
        switch (failure.reason()) {
          case CONVERSATION_NOT_FOUND ->
              memory(404, "conversation_not_found", "There is no such conversation", detail);
          case SEQUENCE_CONFLICT ->
              memory(409, "sequence_conflict", "Somebody else appended first", detail);
          case VERSION_CONFLICT ->
              memory(412, "version_conflict", "The conversation has changed", detail);
          case CLIENT_TURN_CONFLICT ->
              memory(409, "client_turn_conflict", "The client turn id is taken", detail);
          case BUDGET_TOO_SMALL ->
              memory(422, "budget_too_small", "The budget does not hold the input", detail);
          case TURN_NOT_FOUND -> memory(404, "turn_not_found", "There is no such turn", detail);
          case POLICY_NOT_FOUND ->
              memory(404, "policy_not_found", "There is no such forgetting policy", detail);
          case RUN_NOT_FOUND ->
              memory(404, "run_not_found", "There is no such forgetting run", detail);
        };
    for (Map.Entry<String, Object> fact : failure.facts().entrySet()) {
      problem = problem.with(fact.getKey(), fact.getValue());
    }
    return problem;
  }

  private static Problem memory(int status, String code, String title, @Nullable String detail) {
    return new Problem(status, "memory." + code, title, detail, false, Map.of());
  }
}
