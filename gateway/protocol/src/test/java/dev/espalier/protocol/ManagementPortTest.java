package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementPortTest {

  private static final String HOST = "127.0.0.1";

  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private Router router;
  private HttpServer main;

  @BeforeEach
  void serve() {
    vertx = Vertx.vertx();
    router = Router.router(vertx);
    router.route().handler(context -> context.response().end("served"));
    main =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, HOST)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource({
    "/q/health/live, 404, 200",
    "/q/health, 404, 200",
    "/q/metrics, 404, 200",
    "/q/../q/metrics, 404, 200",
    "/%71/health/ready, 404, 200",
    "/q/openapi, 200, 404",
    "/q/healthy, 200, 404",
    "/v1/conversations, 200, 404",
  })
  void keepsManagementAndApiApart(String path, int onMain, int onManagement) throws Exception {
    int port = freePort();
    ManagementPort management = new ManagementPort(vertx, OptionalInt.of(port), HOST);
    management.routes(router);
    management.start(new StartupEvent());

    assertEquals(onMain, status(main.actualPort(), path));
    assertEquals(onManagement, status(port, path));

    management.stop(new ShutdownEvent());
  }

  @Test
  void leavesThemTogetherWithoutAPort() throws Exception {
    ManagementPort management = new ManagementPort(vertx, OptionalInt.empty(), HOST);

    management.routes(router);
    management.start(new StartupEvent());

    assertEquals(200, status(main.actualPort(), "/q/health/live"));
    assertEquals(200, status(main.actualPort(), "/v1/conversations"));
  }

  @Test
  void namesTheKeyWhenThePortIsTaken() {
    ManagementPort management = new ManagementPort(vertx, OptionalInt.of(main.actualPort()), HOST);
    management.routes(router);

    Exception failure =
        assertThrows(IllegalStateException.class, () -> management.start(new StartupEvent()));

    assertTrue(failure.getMessage().startsWith("espalier.management.port: "));
  }

  private int status(int port, String path) throws Exception {
    URI address = new URI("http://" + HOST + ":" + port + path);
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }
}
