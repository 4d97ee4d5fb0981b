package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.upstream.llm.Cancellation;
import dev.espalier.gateway.upstream.llm.ModelCall;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A request for a chat.
 *
 * @param body in the form of chat completions, checked
 * @param deadline the client's own, if it has one
 * @param cancellation tells that the client has gone
 */
record ChatTurn(
    Caller caller,
    String requestId,
    JsonObject body,
    Optional<Instant> deadline,
    Cancellation cancellation) {

  String model() {
    return body.getString("model");
  }

  boolean isStream() {
    return Boolean.TRUE.equals(body.getValue("stream"));
  }

  /** Whether the client wants a chunk with the usage at the end of a stream. */
  boolean wantsStreamUsage() {
    return isStream()
        && body.getValue("stream_options") instanceof JsonObject options
        && Boolean.TRUE.equals(options.getValue("include_usage"));
  }

  ModelCall toCall(Operation operation) {
    return new ModelCall(caller, requestId, operation, model(), body, deadline, cancellation);
  }

  ChatTurn with(JsonObject other) {
    return new ChatTurn(caller, requestId, other, deadline, cancellation);
  }
}
