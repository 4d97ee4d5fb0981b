package dev.espalier.gateway.compat.mem0;

import dev.espalier.gateway.api.Envelope;
import dev.espalier.protocol.Problem;
import io.vertx.core.json.JsonObject;

/** Errors as mem0's clients read them: a sentence in {@code detail}; our code beside it. */
final class Mem0Envelope implements Envelope {

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public JsonObject body(Problem problem, String requestId) {
    String sentence =
        problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
    return new JsonObject(problem.body(requestId)).put("detail", sentence);
  }
}
