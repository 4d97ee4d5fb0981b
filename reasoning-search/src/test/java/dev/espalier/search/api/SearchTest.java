package dev.espalier.search.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SearchPostgres.class)
class SearchTest {

  private final SearchClient client = SearchClient.ofNewTenant();

  @BeforeEach
  void letTheModelAnswer() {
    ScriptedModel.reply(ScriptedModel::answer);
  }

  @Test
  void solvesAPuzzleAndShowsWhatItCost() {
    // Given
    String id = client.start(SearchClient.PUZZLE);

    // When
    JsonPath search = client.awaitEnd(id);

    // Then
    assertEquals("completed", search.getString("status"));
    assertTrue(
        List.of("solved", "converged").contains(search.getString("stopped_because")),
        search.prettify());
    assertTrue(search.getString("best.text").contains("24"), search.prettify());
    assertTrue(search.getLong("ledger.total.completion_tokens") > 0);
    assertTrue(search.getLong("ledger.by_cause.proposed.calls") > 0);
    assertEquals("unavailable", search.getString("pruning"), "no detector is configured");
    assertEquals(5, search.getLong("seed"));
    assertEquals("mcts", search.getString("strategy.type"));
  }

  @Test
  void asksAModelAndCountsItsTokens() {
    String id = client.start(SearchClient.CHAT);

    JsonPath search = client.awaitEnd(id);

    assertEquals("7", search.getString("answer"));
    assertEquals(3, search.getInt("ledger.total.calls"));
    assertEquals(600, search.getInt("ledger.total.prompt_tokens"));
    assertEquals(10, search.getInt("ledger.by_cause.verbatim_duplicate.completion_tokens"));
    assertEquals("verbatim", search.getString("pruning.mode"));
    assertEquals(1, search.getInt("pruning.groups_merged"));
  }

  @Test
  void failsWithItsReasonWhenTheModelIsDown() {
    ScriptedModel.reply(() -> Reply.status(500));

    JsonPath search = client.awaitEnd(client.start(SearchClient.CHAT));

    assertEquals("failed", search.getString("status"));
    assertEquals("upstream_failed", search.getString("stopped_because"));
    assertEquals("search.upstream_failed", search.getString("failure"));
  }

  @Test
  void stopsAtABudgetWithTheReason() {
    String body =
        SearchClient.PUZZLE.replace("\"seed\"", "\"budget\": {\"tokens\": 300}, \"seed\"");

    JsonPath search = client.awaitEnd(client.start(body));

    assertEquals("completed", search.getString("status"));
    assertEquals("tokens", search.getString("stopped_because"));
    int spent =
        search.getInt("ledger.total.prompt_tokens")
            + search.getInt("ledger.total.completion_tokens");
    assertTrue(spent <= 300, "spent " + spent);
  }

  @Test
  void streamsEveryEventOnceInOrderAndEnds() {
    String id = client.start(SearchClient.PUZZLE);

    List<String> lines = client.events(id, null);

    List<Long> seqs = seqs(lines);
    assertEquals(IntStream.rangeClosed(1, seqs.size()).mapToObj(Long::valueOf).toList(), seqs);
    assertEquals("event:claimed", field(lines, "event:").get(0));
    List<String> types = field(lines, "event:");
    assertEquals("event:finished", types.get(types.size() - 1));
    assertTrue(field(lines, "data:").get(0).contains("\"fence\": 1"), lines.toString());
  }

  @Test
  void goesOnAfterTheLastEventThatAClientSaw() {
    String id = client.start(SearchClient.PUZZLE);
    List<Long> all = seqs(client.events(id, null));

    List<Long> rest = seqs(client.events(id, "3"));

    assertEquals(all.subList(3, all.size()), rest);
    assertEquals(List.of(), client.events(id, Long.toString(all.size())));
  }

  @Test
  void endsASearchWhenAskedTo() throws InterruptedException {
    // Given
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    ScriptedModel.reply(
        () -> {
          asked.countDown();
          await(mayAnswer);
          return ScriptedModel.answer();
        });
    String id = client.start(SearchClient.CHAT);
    await(asked);
    assertEquals("running", client.read(id).getString("status"));

    // When
    client.request().post("/v1/searches/" + id + "/cancel").then().statusCode(200);
    mayAnswer.countDown();

    // Then
    JsonPath search = client.awaitEnd(id);
    assertEquals("cancelled", search.getString("status"));
    assertEquals("cancelled", search.getString("stopped_because"));
    client
        .request()
        .post("/v1/searches/" + id + "/cancel")
        .then()
        .statusCode(200)
        .body("status", equalTo("cancelled"));
  }

  @Test
  void anIdempotencyKeyStartsOneSearchHoweverOftenItIsSent() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Future<Response>> answers =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    threads.submit(
                        () ->
                            client
                                .request()
                                .header("Idempotency-Key", "same")
                                .body(SearchClient.PUZZLE)
                                .post("/v1/searches")))
            .toList();

    Set<String> bodies = new HashSet<>();
    Set<String> locations = new HashSet<>();
    for (Future<Response> answer : answers) {
      assertEquals(202, answer.get().statusCode());
      bodies.add(answer.get().body().asString());
      locations.add(answer.get().header("Location"));
    }
    threads.shutdown();

    System.out.println("100 requests with one key: " + bodies.size() + " search");
    assertEquals(1, bodies.size());
    String id = new JsonPath(bodies.iterator().next()).getString("id");
    assertEquals(Set.of("/v1/searches/" + id), locations, "of no host: a gateway has another one");
    client.request().get("/v1/searches").then().body("searches.size()", equalTo(1));
    client
        .request()
        .header("Idempotency-Key", "same")
        .body(SearchClient.CHAT)
        .post("/v1/searches")
        .then()
        .statusCode(422)
        .body("code", equalTo("search.idempotency_key_reused"));
  }

  @Test
  void pagesThroughSearchesNewestFirst() {
    List<String> ids =
        IntStream.range(0, 5).mapToObj(i -> client.start(SearchClient.PUZZLE)).toList();
    ids.forEach(client::awaitEnd);

    JsonPath first = client.request().get("/v1/searches?limit=3").jsonPath();
    JsonPath second =
        client
            .request()
            .get("/v1/searches?limit=3&cursor=" + first.getString("next_cursor"))
            .jsonPath();

    assertEquals(
        List.of(ids.get(4), ids.get(3), ids.get(2)), first.getList("searches.id", String.class));
    assertEquals(List.of(ids.get(1), ids.get(0)), second.getList("searches.id", String.class));
    assertEquals(null, second.getString("next_cursor"));
    client
        .request()
        .get("/v1/searches?status=running")
        .then()
        .statusCode(200)
        .body("searches.size()", equalTo(0));
  }

  @Test
  void showsTheTreeAndMergesItAnewWithoutACall() {
    String id = client.start(SearchClient.PUZZLE);
    client.awaitEnd(id);

    JsonPath tree = client.request().get("/v1/searches/" + id + "/tree?limit=20").jsonPath();

    assertEquals(0, tree.getInt("nodes[0].id"));
    assertTrue(tree.getList("nodes").size() > 1, tree.prettify());
    client
        .request()
        .body("{\"threshold\": 0.5}")
        .post("/v1/searches/" + id + "/reevaluate")
        .then()
        .statusCode(200)
        .body("threshold", equalTo(0.5f));
    client
        .request()
        .body("{\"threshold\": 1.5}")
        .post("/v1/searches/" + id + "/reevaluate")
        .then()
        .statusCode(422);
  }

  @Test
  void forgetsADeletedSearch() {
    String id = client.start(SearchClient.PUZZLE);
    client.awaitEnd(id);

    client.request().delete("/v1/searches/" + id).then().statusCode(204);

    client
        .request()
        .get("/v1/searches/" + id)
        .then()
        .statusCode(404)
        .body("code", equalTo("search.not_found"));
    client.request().delete("/v1/searches/" + id).then().statusCode(404);
  }

  @Test
  void keepsMetadataAndDrawsASeedThatItReturns() {
    String id =
        client.start(
            SearchClient.PUZZLE.replace("\"seed\": 5", "\"metadata\": {\"a\": [1, \"b\"]}"));

    client
        .request()
        .get("/v1/searches/" + id)
        .then()
        .body("metadata", equalTo(Map.of("a", List.of(1, "b"))))
        .body("seed", notNullValue());
  }

  @Test
  void otherTenantsSeeNothing() {
    String id = client.start(SearchClient.PUZZLE);
    SearchClient stranger = SearchClient.ofNewTenant();

    for (String path : List.of("", "/events", "/tree")) {
      stranger.request().get("/v1/searches/" + id + path).then().statusCode(404);
    }
    stranger.request().post("/v1/searches/" + id + "/cancel").then().statusCode(404);
    stranger
        .request()
        .body("{\"threshold\": 0.5}")
        .post("/v1/searches/" + id + "/reevaluate")
        .then()
        .statusCode(404);
    stranger.request().delete("/v1/searches/" + id).then().statusCode(404);
    stranger.request().get("/v1/searches").then().body("searches", equalTo(List.of()));
    assertEquals("completed", client.awaitEnd(id).getString("status"));
  }

  private static List<Long> seqs(List<String> lines) {
    return field(lines, "id:").stream()
        .map(line -> Long.valueOf(line.substring(3).strip()))
        .toList();
  }

  private static List<String> field(List<String> lines, String name) {
    return lines.stream().filter(line -> line.startsWith(name)).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
