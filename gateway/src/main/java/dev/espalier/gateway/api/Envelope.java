package dev.espalier.gateway.api;

import dev.espalier.protocol.Problem;
import io.vertx.core.json.JsonObject;

/** How an error is written in the dialect that the client speaks. */
public interface Envelope {

  /** Our own: RFC 9457. */
  Envelope PROBLEM =
      new Envelope() {
        @Override
        public String mediaType() {
          return Problem.MEDIA_TYPE;
        }

        @Override
        public JsonObject body(Problem problem, String requestId) {
          return new JsonObject(problem.body(requestId));
        }
      };

  String mediaType();

  JsonObject body(Problem problem, String requestId);
}
