package dev.espalier.protocol;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Asks clients to leave before a service stops: while {@code quarkus.shutdown.delay} runs, requests
 * are served as ever, and each answer says that its connection is closed. Otherwise a client that
 * keeps connections would go on with them, and be refused in the middle of a rolling update.
 */
@Singleton
final class Farewell {

  private static final int AFTER_MANAGEMENT = Integer.MIN_VALUE + 1;

  private volatile boolean isLeaving;

  void routes(@Observes Router router) {
    router.route().order(AFTER_MANAGEMENT).handler(this::sayIt);
  }

  void leave(@Observes ShutdownDelayInitiatedEvent event) {
    isLeaving = true;
  }

  private void sayIt(RoutingContext context) {
    // A request may come before the stop begins and be answered after.
    context.addHeadersEndHandler(
        sent -> {
          if (isLeaving) {
            context.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
          }
        });
    context.next();
  }
}
