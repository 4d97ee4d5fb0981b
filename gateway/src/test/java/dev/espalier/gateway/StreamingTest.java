package dev.espalier.gateway;

import static dev.espalier.gateway.ScriptedServices.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class StreamingTest {

  @TestHTTPResource URI gateway;

  private final ScriptedServer memory = ScriptedServices.memory();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void handsOnEveryEventBeforeTheAnswerIsComplete(HttpClient.Version version) throws Exception {
    memory.reply(Reply.events("one", "two").thenHang());
    HttpClient http = HttpClient.newBuilder().version(version).build();

    HttpResponse<InputStream> response =
        http.send(client.request("/v1/conversations/events").build(), BodyHandlers.ofInputStream());

    try (InputStream body = response.body();
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, US_ASCII))) {
      assertEquals("data: one", lines.readLine());
      assertEquals("", lines.readLine());
      assertEquals("data: two", lines.readLine());
    }
    assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElseThrow());
    await(memory, "/v1/conversations/events").clientGone().get(5, TimeUnit.SECONDS);
  }

  @Test
  void handsOnTheBodyWhileTheClientStillSendsIt() throws Exception {
    try (Socket sender = client.connect()) {
      write(sender, "POST /v1/wire HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n");
      write(sender, "Authorization: Bearer " + ScriptedServices.KEY + "\r\n\r\n5\r\nfirst\r\n");

      try (Socket service = acceptPost()) {
        readUntil(service, "first");
        write(sender, "6\r\nsecond\r\n0\r\n\r\n");
        readUntil(service, "second");
        write(service, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertTrue(readUntil(sender, "ok").startsWith("HTTP/1.1 200 OK"));
      }
    }
  }

  @Test
  void letsGoOfTheServiceWhenTheClientLeavesBeforeTheAnswer() throws Exception {
    memory.reply(Reply.never());

    try (Socket leaving = client.connect()) {
      write(leaving, "GET /v1/conversations/leaving HTTP/1.1\r\nHost: g\r\n");
      write(leaving, "Authorization: Bearer " + ScriptedServices.KEY + "\r\n\r\n");
      await(memory, "/v1/conversations/leaving");
    }

    memory.requests().stream()
        .filter(request -> request.target().equals("/v1/conversations/leaving"))
        .findFirst()
        .orElseThrow()
        .clientGone()
        .get(1, TimeUnit.SECONDS);
  }

  @Test
  void showsTheClientThatAStreamWasCut() throws Exception {
    memory.reply(Reply.events("one").pause(Duration.ofMillis(100)).thenCut());

    HttpResponse<InputStream> response =
        client
            .http()
            .send(client.request("/v1/conversations/cut").build(), BodyHandlers.ofInputStream());

    assertEquals(200, response.statusCode());
    assertThrows(IOException.class, () -> response.body().readAllBytes());
    assertTrue(client.get("/q/metrics").body().contains("{outcome=\"cut\",service=\"memory\"}"));
  }

  @Test
  void showsTheClientThatADocumentWasCut() throws Exception {
    try (Socket reader = client.connect()) {
      write(reader, "POST /v1/wire HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n");
      write(reader, "Authorization: Bearer " + ScriptedServices.KEY + "\r\n\r\n{}");

      try (Socket service = acceptPost()) {
        readUntil(service, "{}");
        write(service, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"turns\":");
        readUntil(reader, "{\"turns\":");
      }

      assertEquals(-1, reader.getInputStream().read());
    }
  }

  /** The connection that carries the upload; others came for health and description. */
  private static Socket acceptPost() throws IOException {
    while (true) {
      Socket service = ScriptedServices.wire().accept();
      if (service.getInputStream().read() == 'P') {
        return service;
      }
      service.close();
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    socket.setSoTimeout(5_000);
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended after " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }
}
