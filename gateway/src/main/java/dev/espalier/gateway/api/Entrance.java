package dev.espalier.gateway.api;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Hangs the gateway's handlers into the router, before and behind those of the framework. */
@Singleton
final class Entrance {

  private static final int FIRST = Integer.MIN_VALUE;
  private static final int LAST = Integer.MAX_VALUE - 1;

  private final Arrival arrival;
  private final OpenApiDocument openApi;
  private final Dispatch dispatch;

  @Inject
  Entrance(Arrival arrival, OpenApiDocument openApi, Dispatch dispatch) {
    this.arrival = arrival;
    this.openApi = openApi;
    this.dispatch = dispatch;
  }

  void open(@Observes Router router) {
    router.route().order(FIRST).handler(arrival).failureHandler(ProblemAnswers::answer);
    router.get("/openapi.json").handler(openApi);
    router.route().order(LAST).handler(dispatch);
    router.errorHandler(400, ProblemAnswers::answer);
  }
}
