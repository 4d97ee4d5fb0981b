package dev.espalier.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedLlm;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class ChatTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String CHUNK = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}";

  @TestHTTPResource URI gateway;

  private final ScriptedLlm model = ScriptedServices.model();
  private final ScriptedServer server = model.server();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void handsOnWhatItDoesNotKnow() throws Exception {
    model.answer("two words");
    String tools =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"$schema\":\"s\"}}}]";
    String calls =
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"9\"}";

    HttpResponse<String> response =
        client.post(
            PATH,
            "{\"model\":\"steady-1\",\"messages\":["
                + calls
                + ",{\"role\":\"user\",\"name\":\"ana\",\"content\":\"hi\"}],"
                + tools
                + ",\"tool_choice\":\"auto\",\"stream\":false,\"temperature\":0.7,\"brand_new\":[1]}");

    assertEquals(200, response.statusCode(), response.body());
    JsonNode answer = GatewayClient.read(response.body());
    assertEquals(
        "two words", answer.path("choices").path(0).path("message").path("content").asText());
    ReceivedRequest sent = last();
    assertTrue(sent.body().contains(tools), sent.body());
    assertTrue(sent.body().contains(calls), sent.body());
    assertTrue(sent.body().contains("\"brand_new\":[1]"), sent.body());
    assertTrue(sent.body().contains("\"temperature\":0.7"), sent.body());
    assertEquals("Bearer key-of-steady", sent.header("Authorization").orElseThrow());
    assertEquals("steady", response.headers().firstValue("X-Espalier-Upstream").orElseThrow());
  }

  @Test
  void findsAModelBehindTheNameOfItsUpstream() throws Exception {
    model.answer("yes");

    assertEquals(200, client.post(PATH, body("steady/steady-2", "")).statusCode());

    assertTrue(last().body().contains("\"model\":\"steady-2\""));
  }

  /** Java's client asks for an upgrade to h2c on the POST; an unknown length makes it chunked. */
  @ParameterizedTest
  @CsvSource({"HTTP_1_1,false", "HTTP_1_1,true", "HTTP_2,false", "HTTP_2,true"})
  void streamsOverBothVersions(HttpClient.Version version, boolean isChunked) throws Exception {
    model.answer("one two three");
    byte[] body = body("steady-1", ",\"stream\":true").getBytes(UTF_8);
    HttpClient http = HttpClient.newBuilder().version(version).build();

    HttpResponse<String> response =
        http.send(
            client
                .request(PATH)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(
                    isChunked
                        ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                        : BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());

    assertEquals(200, response.statusCode(), response.body());
    assertEquals(version, response.version());
    List<String> events = events(response.body());
    assertEquals("[DONE]", events.get(events.size() - 1));
    StringBuilder content = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      JsonNode chunk = GatewayClient.read(event);
      assertFalse(chunk.has("usage"), event);
      content.append(chunk.path("choices").path(0).path("delta").path("content").asText());
    }
    assertEquals("one two three", content.toString());
  }

  @Test
  void showsUsageInAStreamToWhoAsks() throws Exception {
    model.answer("one two three");

    HttpResponse<String> response =
        client.post(
            PATH, body("steady-1", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

    List<String> events = events(response.body());
    JsonNode usage = GatewayClient.read(events.get(events.size() - 2));
    assertEquals(0, usage.path("choices").size());
    assertEquals(3, usage.path("usage").path("completion_tokens").asInt());
  }

  @Test
  void endsACutStreamWithAnError() throws Exception {
    server.reply(Reply.events(CHUNK).pause(Duration.ofMillis(100)).thenCut());

    HttpResponse<String> response = client.post(PATH, body("steady-1", ",\"stream\":true"));

    List<String> events = events(response.body());
    assertEquals(2, events.size(), response.body());
    JsonNode error = GatewayClient.read(events.get(1)).path("error");
    assertEquals("upstream.failed", error.path("code").asText());
    assertEquals("server_error", error.path("type").asText());
    System.out.println("U5 events after the cut: 1 error, 0 [DONE]");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void letsGoOfTheModelWhenTheClientLeaves(HttpClient.Version version) throws Exception {
    server.reply(Reply.events(CHUNK).thenHang());
    HttpClient http = HttpClient.newBuilder().version(version).build();

    HttpResponse<InputStream> response =
        http.send(
            client
                .request(PATH)
                .POST(BodyPublishers.ofString(body("steady-1", ",\"stream\":true")))
                .build(),
            BodyHandlers.ofInputStream());
    response.body().read();
    long start = System.nanoTime();
    response.body().close();

    last().clientGone().get(1, TimeUnit.SECONDS);
    System.out.printf(
        "U6 %s: upstream let go after %d ms%n", version, (System.nanoTime() - start) / 1_000_000);
  }

  @Test
  void letsGoOfTheModelWhenTheClientLeavesBeforeTheAnswer() throws Exception {
    server.reply(Reply.never());
    String body = body("steady-1", ",\"user\":\"in a hurry\"");

    ReceivedRequest sent;
    try (Socket leaving = client.connect()) {
      leaving
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
                      + ScriptedServices.KEY
                      + "\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(UTF_8));
      do {
        sent = server.awaitRequest();
      } while (!sent.body().contains("in a hurry"));
    }

    sent.clientGone().get(1, TimeUnit.SECONDS);
  }

  @Test
  void keepsToTheDeadlineOfTheClient() throws Exception {
    server.reply(Reply.never());

    HttpResponse<String> response =
        client.send(
            client
                .request(PATH)
                .header("X-Request-Timeout-Ms", "150")
                .POST(BodyPublishers.ofString(body("steady-1", ""))));

    assertError(504, "request.deadline_exceeded", null, response);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"messages\":[]}; model",
        "{\"model\":\"\",\"messages\":[]}; model",
        "{\"model\":1,\"messages\":[]}; model",
        "{\"model\":\"steady-1\"}; messages",
        "{\"model\":\"steady-1\",\"messages\":[]}; messages",
        "{\"model\":\"steady-1\",\"messages\":\"hi\"}; messages",
        "{\"model\":\"steady-1\",\"messages\":[1]}; messages[0]",
        "{\"model\":\"steady-1\",\"messages\":[{\"role\":\"boss\",\"content\":\"\"}]}; messages[0]",
        "{\"model\":\"steady-1\",\"messages\":[{\"role\":\"user\",\"content\":7}]};"
            + " messages[0].content",
        "{\"model\":\"steady-1\",\"max_tokens\":\"ICWCU\"}; max_tokens",
        "{\"model\":\"steady-1\",\"max_tokens\":-1}; max_tokens",
        "{\"model\":\"steady-1\",\"max_completion_tokens\":99999999999}; max_completion_tokens",
        "{\"model\":\"steady-1\",\"n\":0}; n",
        "{\"model\":\"steady-1\",\"stream\":\"yes\"}; stream",
        "{\"model\":\"steady-1\",\"temperature\":3}; temperature"
      })
  void namesTheMemberAtFault(String body, String param) throws Exception {
    assertError(400, "request.invalid", param, client.post(PATH, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"model\":\"steady-1\",\"model\":\"steady-2\"}",
        "{\"model\":\"steady-1\",\"temperature\":1e999}",
        "{\"model\":\"steady-1\",\"user\":\"\\ud800\"}",
        "{\"model\":\"steady-1\"} {}"
      })
  void refusesWhatIsNoJsonObject(String body) throws Exception {
    assertError(400, "request.malformed_body", null, client.post(PATH, body));
  }

  @Test
  void refusesTooMuch() throws Exception {
    assertError(
        400,
        "request.malformed_body",
        null,
        client.post(PATH, "{\"a\":".repeat(500) + "1" + "}".repeat(500)));
    assertError(
        413,
        "request.body_too_large",
        null,
        client.post(PATH, body("steady-1", ",\"user\":\"" + "x".repeat(80_000) + "\"")));
    String many = "{\"role\":\"user\",\"content\":\"\"},".repeat(1300);
    assertEquals(404, client.post(PATH, body("nobody", ",\"a\":[" + many + "1]")).statusCode());
  }

  @Test
  void saysThatThereIsNoSuchModel() throws Exception {
    assertError(404, "model.not_found", "model", client.post(PATH, body("gpt-9", "")));
    assertError(404, "model.not_found", "model", client.post(PATH, body("steady/gpt-9", "")));
  }

  @Test
  void speaksItsOwnErrorsInTheDialect() throws Exception {
    HttpResponse<String> keyless =
        client
            .http()
            .send(
                HttpRequest.newBuilder(gateway.resolve(PATH))
                    .POST(BodyPublishers.ofString("{}"))
                    .build(),
                BodyHandlers.ofString());
    assertError(401, "auth.key_missing", null, keyless);
    assertError(404, "request.not_found", null, client.get(PATH));
    assertError(
        403, "auth.scope_missing", null, client.post("/internal/llm/v1/chat/completions", "{}"));
  }

  @Test
  void tellsTheClientWhatTheModelComplainsOf() throws Exception {
    model.refuse(400, "no such tool");

    JsonNode error =
        GatewayClient.read(client.post(PATH, body("steady-1", "")).body()).path("error");

    assertEquals("no such tool", error.path("message").asText());
    assertEquals("invalid_request_error", error.path("type").asText());
  }

  @Test
  void answersOurOwnServicesForTheTenantThatTheyName() throws Exception {
    for (String tenant : new String[] {"acme", null, "a/b"}) {
      if (!"a/b".equals(tenant)) {
        model.answer("yes");
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(gateway.resolve("/internal/llm/v1/chat/completions"))
              .header("Authorization", "Bearer " + ScriptedServices.SERVICE_KEY)
              .POST(BodyPublishers.ofString(body("steady-1", "")));
      if (tenant != null) {
        request.header("X-Espalier-Tenant", tenant);
      }

      int status = client.send(request).statusCode();

      assertEquals("a/b".equals(tenant) ? 400 : 200, status);
    }
    assertEquals(404, internal("/internal/llm/v1/responses").statusCode());
    assertEquals(403, internal("/v1/chat/completions").statusCode());
  }

  private HttpResponse<String> internal(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Authorization", "Bearer " + ScriptedServices.SERVICE_KEY)
            .POST(BodyPublishers.ofString("{}")));
  }

  @Test
  void completesRawPrompts() throws Exception {
    server.reply(Reply.json(200, "{\"choices\":[{\"text\":\"more\",\"index\":0}]}"));

    HttpResponse<String> response =
        client.post("/v1/completions", "{\"model\":\"steady-1\",\"prompt\":\"once\"}");

    assertEquals(200, response.statusCode());
    JsonNode usage = GatewayClient.read(response.body()).path("usage");
    assertTrue(usage.path("estimated").asBoolean(), response.body());
    assertEquals("/v1/completions", last().target());
  }

  private ReceivedRequest last() {
    List<ReceivedRequest> requests = server.requests();
    return requests.get(requests.size() - 1);
  }

  private static String body(String name, String more) {
    return "{\"model\":\""
        + name
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi there\"}]"
        + more
        + "}";
  }

  private static List<String> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  private static void assertError(
      int status, String code, String param, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    JsonNode error = GatewayClient.read(response.body()).path("error");
    assertEquals(code, error.path("code").asText());
    assertFalse(error.path("message").asText().isEmpty());
    if (param == null) {
      assertNull(error.path("param").textValue());
    } else {
      assertEquals(param, error.path("param").asText());
    }
  }
}
