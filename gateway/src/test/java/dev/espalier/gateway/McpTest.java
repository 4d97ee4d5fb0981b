package dev.espalier.gateway;

import static dev.espalier.gateway.GatewayClient.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents find at {@code /mcp}. */
@QuarkusTest
@WithTestResource(ScriptedServices.class)
class McpTest {

  private static final String CONVERSATION = "0a1b2c3d-0000-4000-8000-000000000001";
  private static final String SEARCH = "0a1b2c3d-0000-4000-8000-000000000002";
  private static final String GRAPH = "0a1b2c3d-0000-4000-8000-000000000003";

  private static final String INITIALIZE =
      """
      {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
       "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""";

  @TestHTTPResource URI gateway;

  private final ScriptedServer memory = ScriptedServices.memory();
  private final ScriptedServer reasoning = ScriptedServices.reasoning();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void beginsASessionWithTheIdZero() throws Exception {
    HttpResponse<String> response = post(INITIALIZE);

    JsonNode answer = read(response.body());
    assertEquals(0, answer.path("id").asInt(-1));
    assertEquals("2025-06-18", answer.at("/result/protocolVersion").asText());
    assertEquals("espalier", answer.at("/result/serverInfo/name").asText());
    assertTrue(response.headers().firstValue("Mcp-Session-Id").isPresent());
  }

  @Test
  void describesEveryToolWithBothSchemasAndHints() throws Exception {
    JsonNode tools = read(post(request("tools/list", "{}")).body()).at("/result/tools");

    Set<String> names = new TreeSet<>();
    for (JsonNode tool : tools) {
      names.add(tool.path("name").asText());
      assertFalse(tool.path("description").asText().isBlank());
      assertEquals("object", tool.at("/inputSchema/type").asText());
      assertEquals("object", tool.at("/outputSchema/type").asText());
      for (String hint : List.of("readOnlyHint", "destructiveHint", "idempotentHint")) {
        assertTrue(tool.path("annotations").path(hint).isBoolean(), hint);
      }
    }
    assertEquals(
        Set.of(
            "check_equivalence",
            "kg_paths",
            "kg_query",
            "kg_verify",
            "memory_add",
            "memory_context",
            "memory_forget_preview",
            "memory_search",
            "reason_search"),
        names);
  }

  @Test
  void callsTheServiceForTheTenantOfTheKey() throws Exception {
    memory.reply(Reply.json(200, "{\"hits\": [{\"seq\": 3, \"text\": \"tea\"}], \"index\": {}}"));

    JsonNode result =
        call(
            "memory_search",
            "{\"query\": \"drink?\", \"conversation_id\": \"" + CONVERSATION + "\", \"k\": 2}");

    ReceivedRequest sent =
        ScriptedServices.await(memory, "/v1/conversations/" + CONVERSATION + "/recall");
    assertEquals("local", sent.header("X-Espalier-Tenant").orElseThrow());
    assertEquals(
        read("{\"query\": \"drink?\", \"k\": 2, \"reinforce\": false}"), read(sent.body()));
    assertFalse(result.path("isError").asBoolean());
    assertEquals(
        read(
            "{\"hits\": [{\"seq\": 3, \"text\": \"tea\", \"conversation_id\": \""
                + CONVERSATION
                + "\"}]}"),
        result.path("structuredContent"));
    assertEquals(result.path("structuredContent"), read(result.at("/content/0/text").asText()));
  }

  @Test
  void beginsAConversationWhereNoneIsNamed() throws Exception {
    memory
        .reply(Reply.json(201, "{\"id\": \"" + CONVERSATION + "\"}"))
        .reply(Reply.json(201, "{\"seqs\": [1], \"last_seq\": 1}"));

    JsonNode result =
        call(
            "memory_add",
            "{\"subject\": \"ana\", \"turns\": [{\"role\": \"user\", \"content\": \"hello\"}]}");

    ScriptedServices.await(memory, "/v1/conversations/" + CONVERSATION + "/turns");
    assertEquals(CONVERSATION, result.at("/structuredContent/conversation_id").asText());
  }

  @Test
  void saysWhatTheServiceComplainsAbout() throws Exception {
    memory.reply(
        Reply.json(
            404,
            "{\"status\": 404, \"code\": \"memory.conversation_not_found\", \"title\": \"None\"}"));

    JsonNode result =
        call("memory_forget_preview", "{\"conversation_id\": \"" + CONVERSATION + "\"}");

    assertTrue(result.path("isError").asBoolean());
    assertTrue(result.path("structuredContent").isMissingNode());
    JsonNode problem = read(result.at("/content/0/text").asText());
    assertEquals("memory.conversation_not_found", problem.path("code").asText());
    assertFalse(problem.path("request_id").asText().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "memory_search | {'query': 'x'} | request.invalid",
        "memory_search | {'query': 'x', 'conversation_id': '../erasures'} | request.invalid",
        "memory_context | {'conversation_id': 5} | request.invalid",
        "memory_context | {} | request.invalid",
        "memory_add | {'subject': {}, 'turns': []} | request.invalid",
        "kg_query | {'relation': 'r'} | request.invalid",
        "check_equivalence | {'a': 'x', 'b': 'y'} | service.unavailable"
      })
  void refusesWithoutAskingAService(String tool, String arguments, String code) throws Exception {
    int before = memory.requests().size();

    JsonNode result = call(tool, arguments.replace('\'', '"'));

    assertTrue(result.path("isError").asBoolean());
    assertEquals(code, read(result.at("/content/0/text").asText()).path("code").asText());
    assertEquals(before, memory.requests().size());
  }

  @Test
  void findsAGraphByItsName() throws Exception {
    ScriptedServices.kg()
        .reply(Reply.json(200, "{\"kgs\": [{\"id\": \"" + GRAPH + "\", \"name\": \"family\"}]}"))
        .reply(Reply.json(200, "{\"paths\": [], \"complete\": true}"));

    JsonNode result = call("kg_paths", "{\"kg\": \"family\", \"from\": \"a\", \"to\": \"b\"}");

    assertTrue(result.at("/structuredContent/complete").asBoolean(), result.toString());
    ScriptedServices.await(ScriptedServices.kg(), "/v1/kgs/" + GRAPH + "/paths");
  }

  @Test
  void anUnknownToolIsAnErrorOfTheProtocol() throws Exception {
    JsonNode answer =
        read(post(request("tools/call", "{\"name\": \"none\", \"arguments\": {}}")).body());

    assertEquals(-32602, answer.at("/error/code").asInt());
  }

  @Test
  void tellsTheProgressOfASearch() throws Exception {
    reasoning
        .reply(Reply.json(202, "{\"id\": \"" + SEARCH + "\"}"))
        .reply(
            Reply.events()
                .send("id: 1\nevent: claimed\ndata: {}\n\n")
                .send("id: 2\nevent: proposed\ndata: {}\n\n")
                .pause(Duration.ofMillis(300))
                .send("id: 3\nevent: finished\ndata: {}\n\n"))
        .reply(
            Reply.json(
                200,
                "{\"id\": \"" + SEARCH + "\", \"status\": \"completed\", \"answer\": \"24\"}"));

    HttpResponse<String> response =
        post(
            request(
                "tools/call",
                """
                {"name": "reason_search", "_meta": {"progressToken": "p"},
                 "arguments": {"problem": "x", "proposer": {"type": "arithmetic"}}}"""));

    List<JsonNode> told = events(response.body());
    assertEquals("notifications/progress", told.get(0).path("method").asText());
    assertEquals("p", told.get(0).at("/params/progressToken").asText());
    assertEquals("proposed", told.get(0).at("/params/message").asText());
    assertEquals(2, told.get(0).at("/params/progress").asInt());
    JsonNode last = told.get(told.size() - 1);
    assertEquals("24", last.at("/result/structuredContent/answer").asText());
  }

  @Test
  void takesUpASearchThatWasCutOff() throws Exception {
    reasoning
        .reply(Reply.json(202, "{\"id\": \"" + SEARCH + "\"}"))
        .reply(
            Reply.events()
                .send("id: 41\nevent: claimed\ndata: {}\n\n")
                .pause(Duration.ofMillis(100))
                .thenCut())
        .reply(Reply.json(200, "{\"status\": \"running\"}"))
        .reply(Reply.events().send("id: 42\nevent: finished\ndata: {}\n\n"))
        .reply(Reply.json(200, "{\"id\": \"" + SEARCH + "\", \"status\": \"completed\"}"));

    JsonNode result = call("reason_search", "{\"problem\": \"x\"}");

    assertEquals("completed", result.at("/structuredContent/status").asText(), result.toString());
    ReceivedRequest again;
    do {
      again = ScriptedServices.await(reasoning, "/v1/searches/" + SEARCH + "/events");
    } while (again.header("Last-Event-ID").isEmpty());
    assertEquals("41", again.header("Last-Event-ID").orElseThrow());
  }

  @Test
  void endsASearchWhoseTimeIsOver() throws Exception {
    reasoning
        .reply(Reply.json(202, "{\"id\": \"" + SEARCH + "\"}"))
        .reply(Reply.events().send(": alive\n\n").thenHang())
        .reply(Reply.json(200, "{}"))
        .reply(Reply.json(200, "{\"id\": \"" + SEARCH + "\", \"status\": \"cancelled\"}"));

    HttpResponse<String> response =
        client.send(
            message(request("tools/call", "{\"name\": \"reason_search\", \"arguments\": {}}"))
                .header("X-Request-Timeout-Ms", "400"));

    JsonNode result = lastEvent(response.body()).path("result");
    assertEquals("cancelled", result.at("/structuredContent/status").asText(), result.toString());
    ScriptedServices.await(reasoning, "/v1/searches/" + SEARCH + "/cancel");
  }

  @Test
  void endsASearchThatNobodyWaitsFor() throws Exception {
    reasoning
        .reply(Reply.json(202, "{\"id\": \"" + SEARCH + "\"}"))
        .reply(Reply.events().send(": alive\n\n").thenHang())
        .reply(Reply.json(200, "{}"))
        .reply(Reply.json(200, "{\"id\": \"" + SEARCH + "\", \"status\": \"cancelled\"}"));
    String body = request("tools/call", "{\"name\": \"reason_search\", \"arguments\": {}}");

    try (Socket socket = client.connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + ScriptedServices.KEY
                      + "\r\nAccept: */*\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      ScriptedServices.await(reasoning, "/v1/searches/" + SEARCH + "/events");
    }

    ScriptedServices.await(reasoning, "/v1/searches/" + SEARCH + "/cancel");
  }

  @Test
  void aSessionBelongsToTheTenantThatBeganIt() throws Exception {
    String session = post(INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
    String ping = request("ping", "{}");

    HttpResponse<String> own = client.send(message(ping).header("Mcp-Session-Id", session));
    HttpResponse<String> others =
        client.send(
            message(ping)
                .header("Mcp-Session-Id", session)
                .setHeader("Authorization", "Bearer " + ScriptedServices.OTHER_KEY));
    HttpResponse<String> ended =
        client.send(client.request("/mcp").header("Mcp-Session-Id", session).DELETE());
    HttpResponse<String> after = client.send(message(ping).header("Mcp-Session-Id", session));

    assertEquals(200, own.statusCode(), own.body());
    assertEquals(404, others.statusCode());
    assertEquals("mcp.session_not_found", read(others.body()).at("/error/data/code").asText());
    assertEquals(200, ended.statusCode());
    assertEquals(404, after.statusCode());
  }

  @Test
  void hasNoStreamBeforeASession() throws Exception {
    HttpResponse<String> response =
        client.send(client.request("/mcp").header("Accept", "text/event-stream"));

    assertEquals(405, response.statusCode());
  }

  @Test
  void asksForAKey() throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(gateway.resolve("/mcp"))
                .POST(BodyPublishers.ofString(INITIALIZE)));

    assertEquals(401, response.statusCode());
    assertEquals("auth.key_missing", read(response.body()).at("/error/data/code").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, http://localhost, mcp.host_refused",
    "localhost:80, http://evil.example, mcp.origin_refused",
    "localhost:80, null, mcp.origin_refused"
  })
  void refusesPagesThatPretendToBeHere(String host, String origin, String code) throws Exception {
    String answer =
        client.say(
            "POST /mcp HTTP/1.1\r\nHost: "
                + host
                + "\r\nOrigin: "
                + origin
                + "\r\nAuthorization: Bearer "
                + ScriptedServices.KEY
                + "\r\nContent-Length: 2\r\n\r\n{}");

    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertTrue(answer.contains(code), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/sse", "/mcp/messages/1", "/mcp/"})
  void doesNotSpeakTheOlderTransport(String path) throws Exception {
    assertEquals(404, client.get(path).statusCode());
    assertEquals(404, client.post(path, "{}").statusCode());
  }

  @Test
  void refusesVersionsAndHeadersThatDoNotFit() throws Exception {
    String ping = request("ping", "{}");

    HttpResponse<String> version =
        client.send(message(ping).header("MCP-Protocol-Version", "1999-01-01"));
    HttpResponse<String> method = client.send(message(ping).header("Mcp-Method", "tools/call"));

    assertEquals(400, version.statusCode());
    assertEquals("mcp.version_unsupported", read(version.body()).at("/error/data/code").asText());
    assertEquals(400, method.statusCode());
    assertEquals("mcp.header_mismatch", read(method.body()).at("/error/data/code").asText());
  }

  @Test
  void readsJsonUnderTheNameOfAForm() throws Exception {
    String ping = request("ping", "{\"_meta\": {\"note\": \"" + "x".repeat(12_000) + "\"}}");

    HttpResponse<String> response =
        client.send(message(ping).setHeader("Content-Type", "application/x-www-form-urlencoded"));

    assertEquals(200, response.statusCode(), response.body());
  }

  @Test
  void givesATenantSoManySessionsAndNoMore() throws Exception {
    List<String> sessions = new ArrayList<>();
    HttpResponse<String> response = post(INITIALIZE, ScriptedServices.OTHER_KEY);
    while (response.statusCode() == 200 && sessions.size() < 100) {
      sessions.add(response.headers().firstValue("Mcp-Session-Id").orElseThrow());
      response = post(INITIALIZE, ScriptedServices.OTHER_KEY);
    }

    assertEquals(20, sessions.size());
    assertEquals(429, response.statusCode());
    assertEquals("mcp.too_many_sessions", read(response.body()).at("/error/data/code").asText());
    assertEquals(200, post(INITIALIZE).statusCode());
    for (String session : sessions) {
      client.send(
          client
              .request("/mcp")
              .setHeader("Authorization", "Bearer " + ScriptedServices.OTHER_KEY)
              .header("Mcp-Session-Id", session)
              .DELETE());
    }
    assertEquals(200, post(INITIALIZE, ScriptedServices.OTHER_KEY).statusCode());
  }

  @Test
  void refusesWhatIsTooLargeOrNoMessage() throws Exception {
    assertEquals(413, post("x".repeat(70_000)).statusCode());
    HttpResponse<String> malformed = post("{");
    assertEquals(400, malformed.statusCode());
    assertEquals(-32700, read(malformed.body()).at("/error/code").asInt());
  }

  private JsonNode call(String tool, String arguments) throws Exception {
    HttpResponse<String> response =
        post(
            request(
                "tools/call", "{\"name\": \"" + tool + "\", \"arguments\": " + arguments + "}"));
    assertEquals(200, response.statusCode(), response.body());
    return lastEvent(response.body()).path("result");
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(message(body));
  }

  private HttpResponse<String> post(String body, String key) throws Exception {
    return client.send(message(body).setHeader("Authorization", "Bearer " + key));
  }

  private HttpRequest.Builder message(String body) {
    return client
        .request("/mcp")
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(body));
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \""
        + method
        + "\", \"params\": "
        + params
        + "}";
  }

  private static JsonNode lastEvent(String body) {
    List<JsonNode> events = events(body);
    return events.get(events.size() - 1);
  }

  private static List<JsonNode> events(String body) {
    return Arrays.stream(body.split("\n"))
        .filter(line -> line.startsWith("data: "))
        .map(line -> read(line.substring("data: ".length())))
        .toList();
  }
}
