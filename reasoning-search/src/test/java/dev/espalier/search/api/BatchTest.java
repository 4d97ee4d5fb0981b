package dev.espalier.search.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(SearchPostgres.class)
class BatchTest {

  private static final String DEFAULTS =
      """
      "defaults": {"proposer": {"type": "arithmetic"}, "seed": 1,
        "strategy": {"type": "mcts", "simulations": 6, "width": 6, "depth": 4}}"""
          .replace("\n", " ");

  private static final String CHAT_DEFAULTS =
      """
      "defaults": {"proposer": {"type": "chat"}, "seed": 1, "pruning": {"mode": "verbatim"},
        "strategy": {"type": "best_of_n", "samples": 2, "depth": 2}}"""
          .replace("\n", " ");

  private final SearchClient client = SearchClient.ofNewTenant();

  @BeforeEach
  void letTheModelAnswer() {
    ScriptedModel.reply(ScriptedModel::answer);
  }

  @Test
  void runsEveryLineAndAnswersInTheirOrder() {
    // Given
    String id =
        start(
            "{\"batch\": {\"metadata\": {\"a\": 1}, " + DEFAULTS + "}}",
            "{\"problem\": \"4 5 6 10\", \"metadata\": {\"n\": 0}}",
            "",
            "{\"problem\": \"1 2 3 4\", \"metadata\": {\"n\": 1}}");

    // When
    JsonPath batch = awaitEnd(id);

    // Then
    assertEquals(2, batch.getInt("progress.completed"));
    assertEquals(1, batch.getInt("metadata.a"));
    List<JsonPath> results = results(id);
    assertEquals(List.of(0, 1), results.stream().map(line -> line.getInt("metadata.n")).toList());
    assertEquals("4 5 6 10", results.get(0).getString("problem"));
    assertEquals("completed", results.get(1).getString("status"));
  }

  @Test
  void measuresWhatPruningSavesOnPairs() {
    String puzzle = "{\"problem\": \"4 5 6 10\"}";
    String id =
        start(
            "{\"batch\": {\"control_fraction\": 1, \"seed\": 3, " + DEFAULTS + "}}",
            puzzle,
            puzzle,
            puzzle,
            puzzle,
            puzzle,
            puzzle);

    JsonPath batch = awaitEnd(id);

    assertEquals(6, batch.getInt("control_progress.completed"));
    assertEquals(6, batch.getInt("savings.pairs"));
    assertTrue(batch.getDouble("savings.token_ratio") > 0, batch.prettify());
    assertTrue(
        batch.getDouble("savings.token_ratio_low") <= batch.getDouble("savings.token_ratio_high"));
    assertEquals(6, results(id).size(), "control runs are no results");
  }

  @Test
  void runsOnlyTheFailedOnesAgain() {
    // Given
    ScriptedModel.reply(() -> Reply.status(500));
    String id =
        start(
            "{\"batch\": {" + CHAT_DEFAULTS + "}}",
            "{\"problem\": \"3 + 4?\"}",
            "{\"problem\": \"4 5 6 10\", \"proposer\": {\"type\": \"arithmetic\"}}");
    assertEquals(1, awaitEnd(id).getInt("progress.failed"));
    String kept = results(id).get(1).getString("id");

    // When
    ScriptedModel.reply(ScriptedModel::answer);
    client
        .request()
        .post("/v1/search-batches/" + id + "/retry")
        .then()
        .statusCode(202)
        .body("retried", equalTo(1));

    // Then
    assertEquals(2, awaitEnd(id).getInt("progress.completed"));
    assertEquals("7", results(id).get(0).getString("answer"));
    assertEquals(kept, results(id).get(1).getString("id"));
  }

  @Test
  void neverSpendsMoreThanItsBudget() {
    String line = "{\"problem\": \"3 + 4?\"}";
    String id =
        start(
            "{\"batch\": {\"budget\": {\"calls\": 5}, " + CHAT_DEFAULTS + "}}",
            line,
            line,
            line,
            line);

    awaitEnd(id);

    List<JsonPath> results = results(id);
    int calls = results.stream().mapToInt(result -> result.getInt("ledger.total.calls")).sum();
    System.out.println("calls of a batch with a budget of 5: " + calls);
    assertTrue(calls <= 5, "spent " + calls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"problem\": \"4 5 6 10\"}",
        "{\"problem\": \"4 5 6 10\", \"proposer\": {\"type\": \"psychic\"}}",
        "{\"problem\": \"no numbers\", \"proposer\": {\"type\": \"arithmetic\"}}",
        "{\"batch\": {\"control_fraction\": 2}}\n{\"problem\": \"4 5\"}",
        "{\"batch\": {\"surprise\": 1}}",
        "{\"batch\": {}}"
      })
  void takesAllLinesOrNone(String lines) {
    client.startBatch(lines).then().statusCode(422).body("code", equalTo("request.invalid"));

    client.request().get("/v1/searches").then().body("searches.size()", equalTo(0));
  }

  @Test
  void namesTheLineOfAMistake() {
    String good = "{\"problem\": \"4 5 6 10\", \"proposer\": {\"type\": \"arithmetic\"}}";

    client
        .startBatch(good + "\n" + good.replace("}}", "}, \"strategy\": {\"type\": \"dice\"}}"))
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo("line 2: strategy.type"));
    client.startBatch(good + "\n{").then().statusCode(400).body("detail", containsString("line 2"));
  }

  @Test
  void otherTenantsSeeNothing() {
    String id = start("{\"batch\": {" + DEFAULTS + "}}", "{\"problem\": \"4 5 6 10\"}");
    SearchClient stranger = SearchClient.ofNewTenant();

    for (String path : List.of("", "/results")) {
      stranger.request().get("/v1/search-batches/" + id + path).then().statusCode(404);
    }
    for (String path : List.of("/retry", "/cancel")) {
      stranger.request().post("/v1/search-batches/" + id + path).then().statusCode(404);
    }
    assertEquals(1, awaitEnd(id).getInt("progress.completed"));
  }

  private String start(String... lines) {
    Response started = client.startBatch(String.join("\n", lines));
    String id = started.then().statusCode(202).extract().path("id");
    assertEquals("/v1/search-batches/" + id, started.header("Location"));
    return id;
  }

  private JsonPath awaitEnd(String id) {
    List<String> searches =
        client
            .request()
            .get("/v1/searches?limit=200&batch_id=" + id)
            .jsonPath()
            .getList("searches.id");
    searches.forEach(search -> client.events(search, null));
    JsonPath batch = client.request().get("/v1/search-batches/" + id).jsonPath();
    assertEquals("completed", batch.getString("status"), batch.prettify());
    return batch;
  }

  private List<JsonPath> results(String id) {
    String lines =
        client
            .request()
            .get("/v1/search-batches/" + id + "/results")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return lines.lines().map(JsonPath::new).toList();
  }
}
