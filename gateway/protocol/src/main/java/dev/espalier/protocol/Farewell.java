package dev.espalier.protocol;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Parts with clients before a service stops: while {@code quarkus.shutdown.delay} runs, requests
 * are served as ever, each answer says that its connection is closed, and it is. Connections that
 * nobody used meanwhile are closed just before the end. Otherwise a client that keeps connections
 * would go on with them, and be refused in the middle of a rolling update.
 *
 * <p>HTTP/2 has a frame for this, which Quarkus sends when the delay is over.
 */
@Singleton
final class Farewell {

  private static final int AFTER_MANAGEMENT = Integer.MIN_VALUE + 1;

  /** How long before the end of the delay idle connections are closed. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Optional<Duration> delay;

  /** Connections between two requests; those that their clients closed vanish by themselves. */
  private final Set<HttpConnection> idle =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private volatile boolean isLeaving;

  @Inject
  Farewell(Vertx vertx, @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
    this.vertx = vertx;
    this.delay = delay;
  }

  void routes(@Observes Router router) {
    router.route().order(AFTER_MANAGEMENT).handler(this::accompany);
  }

  void leave(@Observes ShutdownDelayInitiatedEvent event) {
    isLeaving = true;
    long left = delay.orElse(Duration.ZERO).minus(MARGIN).toMillis();
    vertx.setTimer(Math.max(1, left), timer -> closeIdle());
  }

  private void accompany(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      idle.remove(context.request().connection());
      // A request may come before the stop begins and be answered after, and so may its end.
      context.addHeadersEndHandler(
          sent -> {
            if (isLeaving) {
              context.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
          });
      context.addEndHandler(end -> part(context));
    }
    context.next();
  }

  private void part(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!isLeaving) {
      idle.add(request.connection());
    } else if (isRead(request) && context.response().ended()) {
      request.connection().close();
    }
  }

  /** With more of the request to come, closing could take the answer from its reader. */
  private static boolean isRead(HttpServerRequest request) {
    boolean hasBody =
        request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    return request.isEnded() || !hasBody;
  }

  private void closeIdle() {
    List<HttpConnection> unused;
    synchronized (idle) {
      unused = List.copyOf(idle);
      idle.clear();
    }
    unused.forEach(HttpConnection::close);
  }
}
