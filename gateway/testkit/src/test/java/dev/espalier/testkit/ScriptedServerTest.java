package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void playsTheScriptThenFallsBack() throws Exception {
    server.reply(Reply.json(201, "{\"a\":1}").withHeader("X-Kind", "first"), Reply.status(503));
    server.otherwise(request -> Reply.json(200, request.body()));

    HttpResponse<String> first = post("/one?x=1", "hello");
    HttpResponse<String> second = post("/two", "");
    HttpResponse<String> third = post("/three", "echo");

    assertEquals(201, first.statusCode());
    assertEquals("{\"a\":1}", first.body());
    assertEquals("first", first.headers().firstValue("X-Kind").orElseThrow());
    assertEquals(503, second.statusCode());
    assertEquals("echo", third.body());
  }

  @Test
  void remembersWhatItWasAsked() throws Exception {
    server.reply(Reply.status(204));

    post("/path?x=1", "{\"é\":1}");

    ReceivedRequest request = server.awaitRequest();
    assertEquals("POST", request.method());
    assertEquals("/path?x=1", request.target());
    assertEquals("{\"é\":1}", request.body());
    assertEquals("yes", request.header("x-ASKED").orElseThrow());
    assertEquals(List.of(request), server.requests());
  }

  @Test
  void readsChunkedRequests() throws Exception {
    server.otherwise(request -> Reply.json(200, request.body()));
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("in chunks"));

    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(server.uri()).POST(chunked).build(), BodyHandlers.ofString());

    assertEquals("in chunks", response.body());
  }

  @Test
  void streamsEventsOneByOne() throws Exception {
    server.reply(Reply.events("a", "b").withPauses(Duration.ofMillis(20)));

    HttpResponse<String> response = post("/", "");

    assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("data: a\n\ndata: b\n\n", response.body());
  }

  @Test
  void cutsTheConnection() {
    server.reply(Reply.cut(), Reply.events("a").thenCut(), Reply.json(200, "{").thenCut());

    assertThrows(IOException.class, () -> post("/", ""));
    assertThrows(IOException.class, () -> post("/", ""));
    assertThrows(IOException.class, () -> post("/", ""));
  }

  @Test
  void delaysTheHead() throws Exception {
    server.reply(Reply.json(200, "late").after(Duration.ofMillis(100)));
    long start = System.nanoTime();

    post("/", "");

    assertTrue(System.nanoTime() - start >= Duration.ofMillis(95).toNanos());
  }

  @Test
  void hangsUntilTheClientIsGone() throws Exception {
    server.reply(Reply.never());

    assertThrows(HttpTimeoutException.class, () -> post("/", ""));

    ReceivedRequest request = server.awaitRequest();
    request.clientGone().get(5, TimeUnit.SECONDS);
    assertFalse(request.clientGone().isCompletedExceptionally());
  }

  private HttpResponse<String> post(String target, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve(target))
            .timeout(Duration.ofMillis(500))
            .header("X-Asked", "yes")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
