package dev.espalier.gateway.compat.mcp;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams that clients keep open for what belongs to no request. They have no end of their own,
 * and a gateway that waits for its requests before it stops would wait for them in vain; so they
 * end when it begins to stop.
 */
@Singleton
final class OpenStreams {

  private final Map<HttpServerResponse, Context> open = new ConcurrentHashMap<>();

  OpenStreams() {
    // Earlier than any event of the framework, which comes when the waiting is over.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-mcp-streams"));
  }

  void add(RoutingContext context) {
    HttpServerResponse response = context.response();
    open.put(response, context.vertx().getOrCreateContext());
    context.addEndHandler(end -> open.remove(response));
  }

  void close() {
    open.forEach((response, context) -> context.runOnContext(run -> end(response)));
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }
}
