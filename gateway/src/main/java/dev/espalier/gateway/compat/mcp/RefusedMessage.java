package dev.espalier.gateway.compat.mcp;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A message that gets an error of JSON-RPC for an answer. */
final class RefusedMessage extends Exception {

  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object id;
  private final int code;

  /**
   * @param id of the request, or null where it has none that could be read
   */
  RefusedMessage(@Nullable Object id, int code, String message) {
    super(message);
    this.id = id;
    this.code = code;
  }

  /** A request that can be told apart gets its error as an answer; others are a bad request. */
  int status() {
    return id == null ? 400 : 200;
  }

  JsonObject body() {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("error", new JsonObject().put("code", code).put("message", getMessage()));
  }
}
