package dev.espalier.gateway.upstream;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A whole answer of a service.
 *
 * @param status of any kind
 * @param headers as the service sent them
 * @param body all of it
 */
public record ServiceAnswer(int status, MultiMap headers, Buffer body) {

  private static final Set<String> STANDARD_MEMBERS =
      Set.of("type", "title", "status", "detail", "code", "retryable", "request_id");

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * The body of an answer that went well.
   *
   * @throws ProblemException the service's own problem, or {@code upstream.failed} if it sent none
   */
  public JsonObject json() {
    if (!isSuccess()) {
      throw new ProblemException(problem());
    }
    try {
      return body.length() == 0 ? new JsonObject() : body.toJsonObject();
    } catch (DecodeException e) {
      throw new ProblemException(failed(), e);
    }
  }

  /** What the service complains about, in its own words and code. */
  private Problem problem() {
    try {
      JsonObject said = body.toJsonObject();
      if (status < 400 || said.getString("code") == null) {
        return failed();
      }
      Map<String, Object> extensions = new LinkedHashMap<>(said.getMap());
      extensions.keySet().removeAll(STANDARD_MEMBERS);
      extensions.values().removeIf(value -> value == null);
      return new Problem(
          status,
          said.getString("code"),
          said.getString("title", "The service refused the request"),
          said.getString("detail"),
          said.getBoolean("retryable", false),
          extensions);
    } catch (DecodeException | ClassCastException e) {
      return failed();
    }
  }

  private static Problem failed() {
    return Problem.of(ErrorCode.UPSTREAM_FAILED, "the service gave an answer that is none");
  }
}
