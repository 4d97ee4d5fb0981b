package dev.espalier.gateway;

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
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for by a model's name and is no chat with a language model. */
@QuarkusTest
@WithTestResource(ScriptedServices.class)
class ModelsTest {

  private static final String SEARCH = "11111111-2222-3333-4444-555555555555";

  @TestHTTPResource URI gateway;

  private final ScriptedServer reasoning = ScriptedServices.reasoning();
  private final ScriptedServer kg = ScriptedServices.kg();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void listsTheModelsAndWhatTheReasonerHas() throws Exception {
    kg.reply(Reply.json(200, "{\"models\": [{\"id\": \"a\"}], \"next_cursor\": \"c\"}"));

    JsonNode list = GatewayClient.read(client.get("/v1/models?limit=1").body());

    assertEquals("list", list.path("object").asText());
    List<String> ids = list.path("data").findValuesAsText("id");
    assertTrue(
        ids.containsAll(
            List.of(
                "steady-1", "steady-2", "e5-small-v2", "bm25-e5-small-v2", "search/arithmetic")),
        ids::toString);
    assertEquals("a", list.path("models").path(0).path("id").asText());
    assertEquals("c", list.path("next_cursor").asText());
    assertEquals("/v1/models?limit=1", last(kg).target());
  }

  @Test
  void listsTheModelsWhileTheReasonerIsAway() throws Exception {
    kg.reply(Reply.status(500));

    HttpResponse<String> response = client.get("/v1/models");

    assertEquals(200, response.statusCode());
    assertEquals("kg", response.headers().firstValue("X-Espalier-Missing-Services").orElseThrow());
  }

  @Test
  void tellsTheTwoKindsOfModelsApart() throws Exception {
    JsonNode one = GatewayClient.read(client.get("/v1/models/search/arithmetic").body());
    assertEquals("search/arithmetic", one.path("id").asText());
    assertEquals(404, client.get("/v1/models/gpt-9").statusCode());

    String trained = "/v1/models/11111111-2222-3333-4444-555555555555";
    for (String target : List.of(trained, trained + "/artefact")) {
      kg.reply(Reply.json(200, "{\"of\": \"kg\"}"));
      assertEquals("{\"of\": \"kg\"}", client.get(target).body());
      assertEquals(target, last(kg).target());
    }
  }

  @Test
  void embedsInBothForms() throws Exception {
    JsonNode numbers = embed("\"input\":[\"a cat sat\",\"cats sit\",\"tax law\"]");
    JsonNode base64 = embed("\"input\":\"a cat sat\",\"encoding_format\":\"base64\"");

    assertEquals(3, numbers.path("data").size());
    float[] first = vector(numbers.path("data").path(0).path("embedding"));
    byte[] bytes =
        Base64.getDecoder().decode(base64.path("data").path(0).path("embedding").asText());
    assertEquals(384, first.length);
    assertEquals(384 * 4, bytes.length);
    float[] decoded = new float[384];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(decoded);
    assertEquals(1, dot(first, decoded), 1e-5);
    float[] alike = vector(numbers.path("data").path(1).path("embedding"));
    float[] other = vector(numbers.path("data").path(2).path("embedding"));
    assertTrue(dot(first, alike) > dot(first, other));
    assertTrue(numbers.path("usage").path("prompt_tokens").asInt() > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"input\":\"\"",
        "\"input\":[]",
        "\"input\":[1,2]",
        "\"input\":[\"a\",\"\"]",
        "\"input\":null",
        "\"input\":\"a\",\"dimensions\":8",
        "\"input\":\"a\",\"encoding_format\":\"hex\""
      })
  void refusesWhatCannotBeEmbedded(String members) throws Exception {
    assertEquals(
        400,
        client.post("/v1/embeddings", "{\"model\":\"e5-small-v2\"," + members + "}").statusCode());
  }

  @Test
  void asksAnUpstreamThatHasTheModel() throws Exception {
    ScriptedServices.model()
        .server()
        .reply(Reply.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}"));

    HttpResponse<String> response =
        client.post("/v1/embeddings", "{\"model\":\"steady-2\",\"input\":\"a\"}");

    assertEquals(200, response.statusCode(), response.body());
    assertEquals("/v1/embeddings", last(ScriptedServices.model().server()).target());
  }

  @Test
  void ranksByWordsAndMeaning() throws Exception {
    JsonNode answer =
        GatewayClient.read(
            client
                .post(
                    "/v1/rerank",
                    """
                    {"model": "bm25-e5-small-v2", "query": "how do I water my plants",
                     "documents": ["The stock market fell.", {"text": "Give your plants water weekly."},
                                   "Flowers need moist soil to grow."],
                     "top_n": 2, "return_documents": true}
                    """)
                .body());

    JsonNode results = answer.path("results");
    assertEquals(2, results.size(), answer::toString);
    assertEquals(1, results.path(0).path("index").asInt());
    assertEquals(2, results.path(1).path("index").asInt());
    assertTrue(results.path(0).path("relevance_score").asDouble() <= 1);
    assertEquals(
        "Give your plants water weekly.", results.path(0).path("document").path("text").asText());
    assertTrue(answer.path("meta").path("method").asText().contains("no cross-encoder"));
  }

  @Test
  void showsASearchAsAChat() throws Exception {
    scriptSearch();

    JsonNode answer = GatewayClient.read(client.post("/v1/chat/completions", search("")).body());

    JsonNode message = answer.path("choices").path(0).path("message");
    assertEquals("3 * 4 = 12\n\nAnswer: 24", message.path("content").asText());
    assertEquals(
        "- 3 * 4 = 12\n- 1 + 2 = 3\n\nAnswer found: 24\n",
        message.path("reasoning_content").asText());
    assertEquals("stop", answer.path("choices").path(0).path("finish_reason").asText());
    assertEquals(845, answer.path("usage").path("prompt_tokens").asInt());
    assertTrue(answer.path("usage").path("estimated").asBoolean());
    ReceivedRequest started = started();
    JsonNode sent = GatewayClient.read(started.body());
    assertEquals("Use 1 2 3 4 to make 24", sent.path("problem").asText());
    assertEquals("arithmetic", sent.path("proposer").path("type").asText());
    assertEquals("local", started.header("X-Espalier-Tenant").orElseThrow());
  }

  @Test
  void streamsTheStepsOfASearchAndGoesOnWhereTheEventsBroke() throws Exception {
    scriptSearch();

    String stream =
        client
            .post(
                "/v1/chat/completions",
                search(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
            .body();

    List<String> events =
        stream
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring(6))
            .toList();
    assertEquals("[DONE]", events.get(events.size() - 1));
    assertEquals(
        919,
        GatewayClient.read(events.get(events.size() - 2))
            .path("usage")
            .path("completion_tokens")
            .asInt());
    assertTrue(stream.indexOf("1 + 2 = 3") < stream.indexOf("Answer: 24"));
    assertEquals(
        "2",
        reasoning.requests().stream()
            .filter(request -> request.target().endsWith("/events"))
            .reduce((first, second) -> second)
            .orElseThrow()
            .header("Last-Event-ID")
            .orElseThrow());
  }

  @Test
  void cancelsASearchThatNobodyWaitsFor() throws Exception {
    reasoning
        .reply(Reply.json(202, "{\"id\": \"" + SEARCH + "\"}"))
        .reply(event(1, "proposed", "{\"candidates\": [{\"text\": \"a\"}]}").thenHang());

    HttpResponse<InputStream> response =
        client
            .http()
            .send(
                client
                    .request("/v1/chat/completions")
                    .POST(BodyPublishers.ofString(search(",\"stream\":true")))
                    .build(),
                BodyHandlers.ofInputStream());
    response.body().read();
    long start = System.nanoTime();
    response.body().close();

    ScriptedServices.await(reasoning, "/v1/searches/" + SEARCH + "/cancel");
    System.out.printf("U6 search cancelled after %d ms%n", (System.nanoTime() - start) / 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({"search/nothing, 404", "search/, 404"})
  void knowsOnlyTheSearchesOfTheOperator(String model, int status) throws Exception {
    assertEquals(
        status,
        client
            .post("/v1/chat/completions", search("").replace("search/arithmetic", model))
            .statusCode());
  }

  /** A search whose events break off once. */
  private void scriptSearch() {
    reasoning
        .reply(Reply.json(202, "{\"id\": \"" + SEARCH + "\"}"))
        .reply(
            event(1, "claimed", "{}")
                .send(
                    "id:2\nevent:proposed\ndata:{\"candidates\": [{\"text\": \"3 * 4 = 12\"},"
                        + " {\"text\": \"1 + 2 = 3\"}, {\"text\": \"3 * 4 = 12\"}]}\n\n")
                .pause(Duration.ofMillis(50))
                .thenCut())
        .reply(
            event(3, "answer_found", "{\"answer\": \"24\"}")
                .send("id:4\nevent:finished\ndata:{\"reason\": \"SOLVED\"}\n\n"))
        .reply(
            Reply.json(
                200,
                """
                {"status": "completed", "answer": "24", "stopped_because": "solved",
                 "best": {"text": "3 * 4 = 12"},
                 "ledger": {"total": {"prompt_tokens": 845, "completion_tokens": 919, "estimated": true}}}
                """));
  }

  private static Reply event(int id, String name, String data) {
    return Reply.events().send("id:" + id + "\nevent:" + name + "\ndata:" + data + "\n\n");
  }

  private static String search(String more) {
    return "{\"model\":\"search/arithmetic\",\"messages\":[{\"role\":\"system\",\"content\":\"x\"},"
        + "{\"role\":\"user\",\"content\":\"Use 1 2 3 4 to make 24\"}]"
        + more
        + "}";
  }

  private ReceivedRequest started() {
    return reasoning.requests().stream()
        .filter(request -> request.target().equals("/v1/searches"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private JsonNode embed(String members) throws Exception {
    HttpResponse<String> response =
        client.post("/v1/embeddings", "{\"model\":\"e5-small-v2\"," + members + "}");
    assertEquals(200, response.statusCode(), response.body());
    assertFalse(response.body().contains("NaN"));
    return GatewayClient.read(response.body());
  }

  private static float[] vector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.path(i).floatValue();
    }
    return vector;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static ReceivedRequest last(ScriptedServer server) {
    List<ReceivedRequest> requests = server.requests();
    return requests.get(requests.size() - 1);
  }
}
