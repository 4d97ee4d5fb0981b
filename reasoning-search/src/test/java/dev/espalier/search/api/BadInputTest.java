package dev.espalier.search.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(SearchPostgres.class)
class BadInputTest {

  private static final String PUZZLE = "\"problem\": \"4 5 6 10\"";
  private static final String ARITHMETIC = PUZZLE + ", \"proposer\": {\"type\": \"arithmetic\"}";

  private final SearchClient client = SearchClient.ofNewTenant();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{} {}",
        "{" + PUZZLE + "}",
        "{" + PUZZLE + ", \"proposer\": {}}",
        "{" + PUZZLE + ", \"proposer\": {\"type\": \"psychic\"}}",
        "{" + PUZZLE + ", \"proposer\": {\"type\": \"chat\", \"model\": \"http://10.0.0.1/v1\"}}",
        "{" + PUZZLE + ", \"proposer\": {\"type\": \"chat\", \"model\": \"scripted/other\"}}",
        "{" + PUZZLE + ", \"proposer\": {\"type\": \"chat\", \"duplicate_rate\": 0.1}}",
        "{" + ARITHMETIC + ", \"surprise\": 1}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"dice\"}}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"mcts\", \"simulations\": 0}}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"mcts\", \"width\": 65}}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"mcts\", \"width\": 2.5}}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"mcts\", \"samples\": 5}}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"beam\", \"simulations\": 5}}",
        "{" + ARITHMETIC + ", \"strategy\": {\"type\": \"mcts\", \"exploration\": 1e999}}",
        "{" + ARITHMETIC + ", \"scorer\": {\"type\": \"oracle\"}}",
        "{" + ARITHMETIC + ", \"pruning\": {\"mode\": \"maybe\"}}",
        "{" + ARITHMETIC + ", \"pruning\": {\"threshold\": 2}}",
        "{" + ARITHMETIC + ", \"pruning\": {\"mode\": \"none\", \"threshold\": 0.5}}",
        "{" + ARITHMETIC + ", \"budget\": {\"tokens\": 0}}",
        "{" + ARITHMETIC + ", \"budget\": {\"tokens\": -1}}",
        "{" + ARITHMETIC + ", \"budget\": {\"seconds\": 1e999}}",
        "{" + ARITHMETIC + ", \"budget\": {\"seconds\": 1e8}}",
        "{" + ARITHMETIC + ", \"budget\": {\"nodes\": 100000000}}",
        "{" + ARITHMETIC + ", \"budget\": {\"money\": -1}}",
        "{" + ARITHMETIC + ", \"seed\": 1e30}",
        "{" + ARITHMETIC + ", \"metadata\": {\"a\": \"\\u0000\"}}",
        "{\"problem\": \"\\u0000 4 5\", \"proposer\": {\"type\": \"arithmetic\"}}",
        "{\"problem\": \" \", \"proposer\": {\"type\": \"arithmetic\"}}",
        "{\"problem\": \"What is love?\", \"proposer\": {\"type\": \"arithmetic\"}}"
      })
  void refusesASearchThatCannotBeRun(String body) {
    int status = client.request().body(body).post("/v1/searches").statusCode();

    assertTrue(status == 422 || status == 400, "" + status);
    client.request().get("/v1/searches").then().body("searches.size()", equalTo(0));
  }

  @Test
  void saysWhatThereIsToChooseFrom() {
    client
        .request()
        .body("{" + PUZZLE + ", \"proposer\": {\"type\": \"chat\", \"model\": \"gpt\"}}")
        .post("/v1/searches")
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo("proposer.model"))
        .body("errors[0].message", equalTo("must be one of scripted, scripted/m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/searches/nonsense",
        "/v1/searches/00000000-0000-0000-0000-000000000000",
        "/v1/searches/%00/events",
        "/v1/searches/..%2f..%2fetc/tree",
        "/v1/search-batches/nonsense",
        "/v1/search-batches/00000000-0000-0000-0000-000000000000/results"
      })
  void findsNothingUnderAnIdThatIsNone(String path) {
    client.request().get(path).then().statusCode(404).body("code", notNullValue());
  }

  @Test
  void refusesParametersOutOfRange() {
    for (String query :
        List.of("limit=0", "limit=201", "limit=x", "cursor=abc", "status=tired", "cursor=AAAA")) {
      client.request().get("/v1/searches?" + query).then().statusCode(422);
    }
    String id = client.start(SearchClient.PUZZLE);
    client
        .request()
        .header("Last-Event-ID", "yesterday")
        .get("/v1/searches/" + id + "/events")
        .then()
        .statusCode(400)
        .body("code", equalTo("request.malformed_header"));
    client.awaitEnd(id);
  }

  @Test
  void asksForATenant() {
    given()
        .get("/v1/searches")
        .then()
        .statusCode(401)
        .body("code", equalTo("context.tenant_missing"));
  }
}
