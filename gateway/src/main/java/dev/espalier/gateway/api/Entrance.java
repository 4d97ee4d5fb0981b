package dev.espalier.gateway.api;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Hangs the gateway's handlers into the router, before and behind those of the framework.
 *
 * <p>The order: {@link Arrival}, {@link Doorkeeper}, the dialects and the framework's own routes,
 * {@link Dispatch}.
 */
@Singleton
final class Entrance {

  private static final int FIRST = Integer.MIN_VALUE;
  private static final int SECOND = FIRST + 1;
  private static final int LAST = Integer.MAX_VALUE - 1;

  private final Arrival arrival;
  private final OpenApiDocument openApi;
  private final Dispatch dispatch;
  private final Doorkeeper doorkeeper;
  private final Instance<Dialect> dialects;

  @Inject
  Entrance(
      Arrival arrival,
      OpenApiDocument openApi,
      Dispatch dispatch,
      Doorkeeper doorkeeper,
      @Any Instance<Dialect> dialects) {
    this.arrival = arrival;
    this.openApi = openApi;
    this.dispatch = dispatch;
    this.doorkeeper = doorkeeper;
    this.dialects = dialects;
  }

  void open(@Observes Router router) {
    router.route().order(FIRST).handler(arrival).failureHandler(ProblemAnswers::answer);
    router.route().order(SECOND).handler(doorkeeper);
    dialects.forEach(dialect -> dialect.open(router));
    router.get("/openapi.json").handler(openApi);
    router.route().order(LAST).handler(dispatch);
    router.errorHandler(400, ProblemAnswers::answer);
  }
}
