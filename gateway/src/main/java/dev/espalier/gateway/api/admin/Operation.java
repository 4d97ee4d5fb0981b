package dev.espalier.gateway.api.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** One operation of the operator's API; it may block. */
@FunctionalInterface
interface Operation {

  /**
   * What is answered.
   *
   * @param body null for an answer without one
   */
  record Answer(int status, @Nullable JsonObject body) {

    static Answer ok(JsonObject body) {
      return new Answer(200, body);
    }

    static Answer created(JsonObject body) {
      return new Answer(201, body);
    }
  }

  Answer run(RoutingContext context);
}
