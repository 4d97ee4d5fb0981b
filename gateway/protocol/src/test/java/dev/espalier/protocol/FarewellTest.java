package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FarewellTest {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final String LAST_CHUNK = "0\r\n\r\n";

  private final CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
  private Vertx vertx;
  private Farewell farewell;
  private HttpServer server;

  @BeforeEach
  void serve() {
    serve(Duration.ofMillis(600));
  }

  private void serve(Duration delay) {
    vertx = Vertx.vertx();
    farewell = new Farewell(vertx, Optional.of(delay));
    Router router = Router.router(vertx);
    farewell.routes(router);
    router
        .route("/while-leaving")
        .handler(
            context -> {
              leave();
              context.next();
            });
    router
        .route("/events")
        .handler(
            context -> {
              context.response().putHeader("Content-Type", "text/event-stream;charset=UTF-8");
              context.next();
            });
    router
        .routeWithRegex("/stream|/events")
        .handler(
            context -> {
              context.response().setChunked(true).write("begun");
              stream.complete(context.response());
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
    try (Connection connection = new Connection()) {
      assertFalse(connection.ask("/v1/x").contains("connection: close"));
      assertFalse(connection.ask("/v1/x").contains("connection: close"));

      leave();

      assertTrue(connection.ask("/v1/x").contains("connection: close"));
      assertTrue(connection.isClosed());
    }
  }

  @Test
  void saysItToWhoeverCameBefore() throws Exception {
    try (Connection connection = new Connection()) {
      assertTrue(connection.ask("/while-leaving").contains("connection: close"));
    }
  }

  @Test
  void keepsAConnectionWhoseAnswerHadBegunForOneMore() throws Exception {
    close();
    serve(Duration.ofHours(1));
    try (Connection connection = new Connection()) {
      assertFalse(connection.ask("/stream").contains("connection: close"));
      leave();

      assertEndsWhole(connection);
      assertTrue(connection.ask("/v1/x").contains("connection: close"));
      assertTrue(connection.isClosed());
    }
  }

  @Test
  void closesBehindAnAnswerThatHadBegunWhenTheEndIsThere() throws Exception {
    try (Connection streaming = new Connection();
        Connection unused = new Connection()) {
      unused.ask("/v1/x");
      streaming.ask("/stream");
      leave();
      assertTrue(unused.isClosed());

      assertEndsWhole(streaming);
      assertTrue(streaming.isClosed());
    }
  }

  @Test
  void usesTheConnectionOfEventsForNothingElse() throws Exception {
    try (Connection connection = new Connection()) {
      assertTrue(connection.ask("/events").contains("connection: close"));

      assertEndsWhole(connection);
      assertTrue(connection.isClosed());
    }
  }

  @Test
  void closesConnectionsThatNobodyUsesBeforeTheEnd() throws Exception {
    try (Connection used = new Connection();
        Connection unused = new Connection()) {
      used.ask("/v1/x");
      unused.ask("/v1/x");
      leave();

      assertTrue(used.ask("/v1/x").contains("connection: close"));
      assertTrue(unused.isClosed());
    }
  }

  @Test
  void saysNothingOfConnectionsInHttp2() throws Exception {
    leave();
    URI address = new URI("http://127.0.0.1:" + server.actualPort() + "/v1/x");

    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .build()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());

    assertEquals(HttpClient.Version.HTTP_2, response.version());
    assertEquals("served", response.body());
    assertEquals(Optional.empty(), response.headers().firstValue("connection"));
  }

  private void assertEndsWhole(Connection streaming) throws IOException {
    stream.join().end("over");
    assertTrue(streaming.untilLastChunk().endsWith("over\r\n" + LAST_CHUNK));
  }

  private void leave() {
    farewell.leave(new ShutdownDelayInitiatedEvent());
  }

  /** A client that keeps its connection whatever it is told. */
  private final class Connection implements AutoCloseable {

    private final Socket socket = new Socket("127.0.0.1", server.actualPort());
    private final BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

    Connection() throws IOException {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** The head of the answer, and the body where its length is known. */
    List<String> ask(String path) throws IOException {
      String head = "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      List<String> lines = new ArrayList<>();
      int length = 0;
      for (String line = reader.readLine(); line != null && !line.isEmpty(); ) {
        lines.add(line);
        if (line.startsWith("content-length: ")) {
          length = Integer.parseInt(line.substring("content-length: ".length()));
        }
        line = reader.readLine();
      }
      reader.skip(length);
      return lines;
    }

    boolean isClosed() throws IOException {
      return reader.read() < 0;
    }

    String untilLastChunk() throws IOException {
      StringBuilder body = new StringBuilder();
      while (!body.toString().endsWith(LAST_CHUNK)) {
        body.append((char) reader.read());
      }
      return body.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
