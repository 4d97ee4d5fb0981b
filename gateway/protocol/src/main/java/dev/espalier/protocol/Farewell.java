package dev.espalier.protocol;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Parts with clients before a service stops: while {@code quarkus.shutdown.delay} runs, requests
 * are served as ever, each answer says that its connection is closed, and it is. Connections that
 * were not told so are closed just before the end, when they are not in use. Otherwise a client
 * that keeps connections would go on with them, and be refused in the middle of a rolling update.
 * Whoever follows events is told when they begin: a client that has many streams would otherwise
 * have as many connections left when they end, and take them for good ones.
 *
 * <p>HTTP/2 has a frame for this, which Quarkus sends when the delay is over.
 */
@Singleton
final class Farewell {

  private static final int AFTER_MANAGEMENT = Integer.MIN_VALUE + 1;

  /** How long before the end of the delay connections are closed that are not in use. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Optional<Duration> delay;

  /**
   * The number of requests on each connection. Counted, because an answer that another thread ends
   * may be read, and the next request begun, before that thread is told.
   */
  private final Map<HttpConnection, Integer> requests =
      Collections.synchronizedMap(new WeakHashMap<>());

  private volatile boolean isLeaving;
  private volatile boolean isAlmostGone;

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
    vertx.setTimer(Math.max(1, left), timer -> closeUnused());
  }

  private void accompany(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      requests.merge(context.request().connection(), 1, Integer::sum);
      // A request may come before the stop begins and be answered after.
      context.addHeadersEndHandler(
          sent -> {
            if (isLeaving || isFollowed(context)) {
              context.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
          });
      context.addEndHandler(end -> part(context));
    }
    context.next();
  }

  private void part(RoutingContext context) {
    HttpServerRequest request = context.request();
    int others = requests.merge(request.connection(), -1, Integer::sum);
    boolean isTold =
        context.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
    boolean isOver = isTold || isAlmostGone && others == 0;
    if (isOver && isRead(request) && context.response().ended()) {
      request.connection().close();
    }
  }

  /** Events that somebody follows may end at any time, and their connection with them. */
  private static boolean isFollowed(RoutingContext context) {
    String type = context.response().headers().get(HttpHeaders.CONTENT_TYPE);
    return context.request().method().equals(HttpMethod.GET)
        && type != null
        && type.startsWith("text/event-stream");
  }

  /** With more of the request to come, closing could take the answer from its reader. */
  private static boolean isRead(HttpServerRequest request) {
    boolean hasBody =
        request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    return request.isEnded() || !hasBody;
  }

  private void closeUnused() {
    isAlmostGone = true;
    Map<HttpConnection, Integer> now;
    synchronized (requests) {
      now = new HashMap<>(requests);
    }
    now.forEach(
        (connection, count) -> {
          if (count == 0) {
            connection.close();
          }
        });
  }
}
