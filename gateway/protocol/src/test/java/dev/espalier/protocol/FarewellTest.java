package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FarewellTest {

  private final Farewell farewell = new Farewell();
  private Vertx vertx;
  private HttpServer server;

  @BeforeEach
  void serve() {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    farewell.routes(router);
    router
        .route("/while-leaving")
        .handler(
            context -> {
              farewell.leave(new ShutdownDelayInitiatedEvent());
              context.next();
            });
    router.route().handler(context -> context.response().end("served"));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void keepsConnectionsUntilTheEndIsNear() throws Exception {
    assertEquals(Optional.empty(), connection("/v1/x"));

    farewell.leave(new ShutdownDelayInitiatedEvent());

    assertEquals(Optional.of("close"), connection("/v1/x"));
  }

  @Test
  void saysItToWhoeverCameBefore() throws Exception {
    assertEquals(Optional.of("close"), connection("/while-leaving"));
  }

  private Optional<String> connection(String path) throws Exception {
    URI address = new URI("http://127.0.0.1:" + server.actualPort() + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals("served", response.body());
    return response.headers().firstValue("connection");
  }
}
