package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.Envelope;
import dev.espalier.protocol.Problem;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors as OpenAI's clients read them: {@code {"error": {message, type, param, code}}}. */
final class OpenAiEnvelope implements Envelope {

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public JsonObject body(Problem problem, String requestId) {
    JsonObject error =
        new JsonObject()
            .put("message", message(problem))
            .put("type", type(problem.status()))
            .put("param", problem.extensions().get("param"))
            .put("code", problem.code());
    if (said(problem) instanceof Map<?, ?> said && said.get("param") instanceof String param) {
      error.put("param", param);
    }
    return new JsonObject().put("error", error);
  }

  /** The upstream's own words where it complains of the request. */
  private static String message(Problem problem) {
    if (said(problem) instanceof Map<?, ?> said && said.get("message") instanceof String message) {
      return message;
    }
    return problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
  }

  private static @Nullable Object said(Problem problem) {
    return problem.extensions().get("upstream_error");
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
