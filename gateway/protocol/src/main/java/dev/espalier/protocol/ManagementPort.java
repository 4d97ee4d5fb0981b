package dev.espalier.protocol;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Health and metrics on a port of their own, so that a network policy or a load balancer can keep
 * clients away from them.
 *
 * <p>Without {@code espalier.management.port} they are beside the API. The framework's own
 * management interface is chosen when a service is built, and would cost the local stack a second
 * port for each; this one is chosen when it starts.
 */
@Singleton
final class ManagementPort {

  private static final String KEY = "espalier.management.port";
  private static final Pattern MANAGEMENT = Pattern.compile("/q/(health|metrics)(/.*)?");

  private final Vertx vertx;
  private final OptionalInt port;
  private final String host;
  private @Nullable Router router;
  private @Nullable HttpServer server;

  @Inject
  ManagementPort(
      Vertx vertx,
      @ConfigProperty(name = KEY) OptionalInt port,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.vertx = vertx;
    this.port = port;
    this.host = host;
  }

  void routes(@Observes Router router) {
    this.router = router;
    if (port.isPresent()) {
      router.route().order(Integer.MIN_VALUE).handler(this::keepApart);
    }
  }

  void start(@Observes StartupEvent event) {
    if (port.isEmpty() || router == null) {
      return;
    }
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(port.getAsInt()).setIdleTimeout(60);
    try {
      server =
          vertx
              .createHttpServer(options)
              .requestHandler(router)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    } catch (CompletionException e) {
      throw new IllegalStateException(KEY + ": cannot listen on port " + port.getAsInt(), e);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (server != null) {
      server.close();
    }
  }

  /** Each address is on one of the two ports; on the other one there is no such thing. */
  private void keepApart(RoutingContext context) {
    boolean isManagementPort = context.request().localAddress().port() == port.getAsInt();
    boolean isManagement = MANAGEMENT.matcher(context.normalizedPath()).matches();
    if (isManagementPort == isManagement) {
      context.next();
    } else {
      context.response().setStatusCode(404).end();
    }
  }
}
