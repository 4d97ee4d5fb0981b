package dev.espalier.memory.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SecondModel.class)
class ReembeddingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  AtomicBoolean isAway;

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @AfterEach
  void comeBack() {
    isAway.set(false);
  }

  @Test
  void searchesTheNewVectorsFromTheCutOverOnAndTheOldOnesAfterARollBack() {
    String id = conversation();
    List<Map<String, Object>> before = hits(id);
    String move = begin(id);
    awaitReady(id, move);
    assertEquals(before, hits(id), "nothing changes before the cut-over");

    post(id, move + ":cut-over").statusCode(200).body("state", equalTo("cut_over"));

    // Eight dimensions of letters: the same letters are nearest.
    client
        .recall(id, Map.of("query", "zzzz", "mode", "dense", "k", 1))
        .body("hits.seq", contains(4))
        .body("degraded", nullValue());
    client.say(id, "Said after the cut-over.");
    post(id, move + ":roll-back").statusCode(200).body("state", equalTo("ready"));
    client
        .append(id, Map.of("role", "user", "content", "Said after the roll-back."))
        .body("index.embedded_through_seq", equalTo(6));
    client
        .recall(
            id, Map.of("query", "What did she say after the roll-back?", "mode", "dense", "k", 1))
        .body("hits.seq", contains(6));
  }

  @Test
  void comparesBothModelsOnTheSameQuestions() {
    String id = conversation();
    String move = begin(id);
    awaitReady(id, move);

    client
        .request()
        .body(Map.of("queries", List.of("allergy", "Lisbon"), "k", 4))
        .post("/v1/conversations/" + id + "/reembeddings/" + move + "/comparison")
        .then()
        .statusCode(200)
        .body("queries", equalTo(2))
        .body("k", equalTo(4))
        .body("overlap", equalTo(1f));
    client
        .request()
        .body(Map.of("sample", 3, "seed", 7))
        .post("/v1/conversations/" + id + "/reembeddings/" + move + "/comparison")
        .then()
        .statusCode(200)
        .body("seed", equalTo(7));
  }

  @Test
  void waitsForAModelThatIsAwayAndGoesOn() {
    isAway.set(true);
    String id = conversation();
    String move = begin(id);
    post(id, move + ":cut-over")
        .statusCode(409)
        .body("code", equalTo("memory.reembedding_conflict"));

    isAway.set(false);

    awaitReady(id, move);
  }

  @Test
  void refusesASecondMoveUntilTheFirstIsDropped() {
    String id = conversation();
    String move = begin(id);
    client.request().post("/v1/conversations/" + id + "/reembeddings").then().statusCode(409);

    client
        .request()
        .delete("/v1/conversations/" + id + "/reembeddings/" + move)
        .then()
        .statusCode(204);

    begin(id);
  }

  @Test
  void erasesTheVectorsOfBothModels() throws SQLException {
    String id = conversation();
    String move = begin(id);
    awaitReady(id, move);

    client
        .request()
        .post("/v1/conversations/" + id + "/turns/2:redact")
        .then()
        .statusCode(200)
        .body("erased.vectors", equalTo(2));

    post(id, move + ":cut-over").statusCode(200);
    client
        .recall(id, Map.of("query", "bakery", "mode", "dense", "k", 10))
        .body("hits.size()", equalTo(3));
  }

  @Test
  void isOfTheTenantOnly() {
    String id = conversation();
    String move = begin(id);

    for (MemoryClient other : List.of(MemoryClient.ofNewTenant())) {
      other
          .request()
          .get("/v1/conversations/" + id + "/reembeddings/" + move)
          .then()
          .statusCode(404);
      other.request().post("/v1/conversations/" + id + "/reembeddings").then().statusCode(404);
    }
    client
        .request()
        .get("/v1/conversations/" + id + "/reembeddings/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("code", equalTo("memory.reembedding_not_found"));
  }

  private String conversation() {
    String id = client.createConversation();
    client.say(
        id,
        "My sister Ana moved to Lisbon.",
        "The bakery closed.",
        "I am allergic to nuts.",
        "zzz");
    return id;
  }

  private List<Map<String, Object>> hits(String id) {
    return client
        .recall(id, Map.of("query", "What makes me ill?", "mode", "dense"))
        .statusCode(200)
        .extract()
        .path("hits");
  }

  private String begin(String id) {
    return client
        .request()
        .post("/v1/conversations/" + id + "/reembeddings")
        .then()
        .statusCode(202)
        .body("from.name", equalTo("e5-small-v2"))
        .body("to.name", equalTo("letters"))
        .extract()
        .path("id");
  }

  private void awaitReady(String id, String move) {
    Instant end = Instant.now().plus(PATIENCE);
    String state = "";
    while (!state.equals("ready")) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not ready within " + PATIENCE + " but " + state);
      }
      state =
          client
              .request()
              .get("/v1/conversations/" + id + "/reembeddings/" + move)
              .then()
              .statusCode(200)
              .extract()
              .path("state");
    }
  }

  private ValidatableResponse post(String id, String path) {
    return client.request().post("/v1/conversations/" + id + "/reembeddings/" + path).then();
  }
}
