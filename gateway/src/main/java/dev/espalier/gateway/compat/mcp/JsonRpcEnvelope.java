package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.api.Envelope;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import io.vertx.core.json.JsonObject;

/** Errors as JSON-RPC has them, with the problem as their data. */
final class JsonRpcEnvelope implements Envelope {

  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;

  /** The first of those that a server may give a meaning of its own. */
  private static final int SERVER_ERROR = -32000;

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public JsonObject body(Problem problem, String requestId) {
    int code = SERVER_ERROR;
    if (problem.code().equals(ErrorCode.MALFORMED_BODY.code())) {
      code = PARSE_ERROR;
    } else if (problem.code().equals(ErrorCode.INVALID.code())) {
      code = INVALID_REQUEST;
    }
    String message =
        problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .putNull("id")
        .put(
            "error",
            new JsonObject()
                .put("code", code)
                .put("message", message)
                .put("data", new JsonObject(problem.body(requestId))));
  }
}
