package dev.espalier.gateway.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is left of a request when it is over: a line in the access log and a measurement. */
@Singleton
final class Departure {

  private static final Logger LOG = Logger.getLogger("dev.espalier.gateway.access");
  private static final String NONE = "none";

  private final MeterRegistry registry;

  @Inject
  Departure(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Called at the end of the answer, or when the client has gone before it. */
  void note(Visit visit, RoutingContext context) {
    HttpServerResponse response = context.response();
    boolean isComplete = response.ended();
    long nanos = visit.nanosSinceArrival();
    registry
        .timer(
            "espalier.gateway.requests",
            "service",
            visit.service().orElse(NONE),
            "outcome",
            isComplete ? response.getStatusCode() / 100 + "xx" : "cut")
        .record(nanos, TimeUnit.NANOSECONDS);
    LOG.infof(
        "%s %s %s %dms request=%s tenant=%s",
        context.request().method(),
        context.request().path(),
        isComplete ? response.getStatusCode() : "cut",
        TimeUnit.NANOSECONDS.toMillis(nanos),
        visit.requestId(),
        visit.tenant().orElse(NONE));
  }
}
