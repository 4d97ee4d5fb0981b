package dev.espalier.memory.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class ErasureTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MemoryClient client = MemoryClient.ofNewTenant();

  /** A word that occurs nowhere else, and that the stemmer leaves as it is. */
  private final String secret = "zq" + UUID.randomUUID().toString().replace("-", "") + "x";

  @Test
  void emptiesATurnAndKeepsItsPlace() {
    String id = client.createConversation();
    client.say(id, "The cellar door is green.", "The code is " + secret + ".", "The attic is dry.");

    redact(id, 2)
        .statusCode(200)
        .body("erased.turns", equalTo(1))
        .body("erased.vectors", equalTo(1));

    client
        .request()
        .get("/v1/conversations/" + id + "/turns")
        .then()
        .body("turns.seq", contains(1, 2, 3))
        .body("turns[1].content", equalTo(""))
        .body("turns[1].role", equalTo("user"))
        .body("turns[1].redacted_at", notNullValue())
        .body("turns[0].redacted_at", nullValue());
    for (String mode : List.of("hybrid", "dense", "lexical")) {
      client
          .recall(id, Map.of("query", "cellar attic " + secret, "k", 3, "mode", mode))
          .body("hits.seq", not(hasItem(2)))
          .body("hits.seq", hasItem(1));
    }
    client
        .context(id, Map.of("input", "What is the code?", "budget_tokens", 500))
        .body("messages.content", everyItem(not(containsString(secret))))
        .body("manifest.sections.seqs.flatten()", not(hasItem(2)));
  }

  @Test
  void fillsTheAnswerWithOtherTurnsWhereAnErasedOneWouldStand() {
    String id = client.createConversation();
    client.say(id, "walnut tree", "walnut shade", "walnut walnut walnut", "walnut", "pear");
    redact(id, 3).statusCode(200);

    client
        .recall(id, Map.of("query", "walnut", "k", 3, "mode", "lexical"))
        .body("hits.size()", equalTo(3))
        .body("hits.seq", not(hasItem(3)));
  }

  @Test
  void isTheSameWhenItIsDoneAgain() {
    String id = client.createConversation();
    client.say(id, "Nothing much.");
    redact(id, 1).statusCode(200);

    redact(id, 1).statusCode(200).body("erased.turns", equalTo(0));
    redact(id, 2).statusCode(404).body("code", equalTo("memory.turn_not_found"));
    redact(UUID.randomUUID().toString(), 1)
        .statusCode(404)
        .body("code", equalTo("memory.conversation_not_found"));
    MemoryClient.ofNewTenant()
        .request()
        .post("/v1/conversations/" + id + "/turns/1:redact")
        .then()
        .statusCode(404);
  }

  @Test
  void makesSummariesAgainWithoutIt() {
    String id = longConversation("The secret word is " + secret + ".");
    get("/v1/conversations/" + id + "/summary").body("body", containsString(secret));
    client.request().post("/v1/conversations/" + id + "/summaries:rebuild").then().statusCode(200);

    redact(id, 50).body("erased.summaries", equalTo(4));

    get("/v1/conversations/" + id + "/summaries?superseded=true")
        .body("summaries.level", contains(1, 2))
        .body("summaries.version", contains(3, 3))
        .body("summaries.last_seq", contains(100, 100))
        .body("summaries.body", everyItem(not(containsString(secret))))
        .body("summaries[0].source_seqs", not(hasItem(50)));
  }

  @Test
  void doesNotLetTheSameRequestBringTheTextBack() {
    String id = client.createConversation();
    Map<String, Object> body =
        Map.of("turns", List.of(Map.of("role", "user", "content", "It is " + secret)));
    append(id, body, "key-" + secret).statusCode(201);
    redact(id, 1).body("erased.idempotency_keys", equalTo(1));

    append(id, body, "key-" + secret)
        .statusCode(422)
        .body("code", equalTo("memory.idempotency_key_reused"));
  }

  @Test
  void leavesNoTraceOfATurnInTheDatabase() throws SQLException {
    String id = longConversation("My password is " + secret + ", said " + secret + ".");
    get("/v1/conversations/" + id + "/summary").body("body", containsString(secret));
    DatabaseDump before = DatabaseDump.take();
    assertFalse(before.tracesOf(secret).isEmpty());
    String vector = before.vectorOf(id, 50);

    redact(id, 50).statusCode(200);

    DatabaseDump after = DatabaseDump.take();
    assertEquals(List.of(), after.tracesOf(secret));
    assertEquals(List.of(), after.tracesOf(vector));
  }

  @Test
  void leavesNoTraceOfADeletedConversationInTheDatabase() throws SQLException {
    String id = longConversation("My password is " + secret + ", said " + secret + ".");
    get("/v1/conversations/" + id + "/summary").body("body", containsString(secret));
    client.request().body(Map.of("title", secret)).patch("/v1/conversations/" + id);
    DatabaseDump before = DatabaseDump.take();
    assertFalse(before.tracesOf(secret).isEmpty());
    String vector = before.vectorOf(id, 50);

    client.request().delete("/v1/conversations/" + id).then().statusCode(204);

    DatabaseDump after = DatabaseDump.take();
    assertEquals(List.of(), after.tracesOf(secret));
    assertEquals(List.of(), after.tracesOf(vector));
  }

  @Test
  void leavesNoTraceOfAPurgedTurnInTheDatabase() throws SQLException {
    String id = longConversation("My password is " + secret + ", said " + secret + ".");
    get("/v1/conversations/" + id + "/summary").body("body", containsString(secret));
    forget(id, Map.of("active", Map.of("at_most", 0), "searchable", Map.of("at_most", 0)));
    client.say(id, "Something else.");
    String vector = DatabaseDump.take().vectorOf(id, 50);

    forget(id, Map.of("active", Map.of(), "purge_after_turns", 1));

    DatabaseDump after = DatabaseDump.take();
    assertEquals(List.of(), after.tracesOf(secret));
    assertEquals(List.of(), after.tracesOf(vector));
  }

  private void forget(String id, Map<String, Object> capacities) {
    Map<String, Object> policy = new HashMap<>(capacities);
    policy.putAll(Map.of("strategy", "activation", "protect_newest", 0));
    client.request().body(policy).put("/v1/forgetting-policies/all").then().statusCode(200);
    client
        .request()
        .body(Map.of("policy", "all"))
        .post("/v1/conversations/" + id + "/forgetting-runs")
        .then()
        .statusCode(201);
  }

  @Test
  void leavesNoTraceOfASubjectInTheDatabase() throws SQLException {
    String about = conversationAbout(secret);
    client.append(about, Map.of("role", "user", "speaker", secret, "content", "I am " + secret));
    String shared = client.createConversation();
    client.append(shared, Map.of("role", "user", "speaker", "Bo", "content", "Good morning."));
    client.append(
        shared, Map.of("role", "user", "speaker", secret, "content", "The pears are ripe."));
    get("/v1/conversations/" + shared + "/summary").body("body", containsString("pears"));
    assertFalse(DatabaseDump.take().tracesOf(secret).isEmpty());

    String receipt = erase(Map.of("subject", secret, "speaker", secret));

    get("/v1/erasures/" + receipt)
        .body("erased.conversations", equalTo(1))
        .body("erased.turns", equalTo(2))
        .body("erased.vectors", equalTo(2))
        .body("erased.postings", greaterThan(2))
        .body("completed_at", notNullValue());
    assertEquals(List.of(), DatabaseDump.take().tracesOf(secret));
    get("/v1/conversations/" + about).statusCode(404);
    get("/v1/conversations?subject=" + secret).body("conversations", empty());
    get("/v1/conversations/" + shared + "/turns")
        .body("turns.content", contains("Good morning.", ""));
  }

  @Test
  void erasesForTheTenantOnly() {
    String theirs = MemoryClient.ofNewTenant().tenant();
    MemoryClient other = new MemoryClient(theirs);
    String id =
        other
            .request()
            .body(Map.of("subject", secret))
            .post("/v1/conversations")
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    String receipt = erase(Map.of("subject", secret));

    get("/v1/erasures/" + receipt).body("erased.conversations", equalTo(0));
    other.request().get("/v1/conversations/" + id).then().statusCode(200);
    other.request().get("/v1/erasures/" + receipt).then().statusCode(404);
  }

  @Test
  void refusesAnErasureOfNobody() {
    client.request().body("{}").post("/v1/erasures").then().statusCode(422);
    client.request().body("{\"subject\":\"\"}").post("/v1/erasures").then().statusCode(422);
    get("/v1/erasures/none").statusCode(404).body("code", equalTo("memory.erasure_not_found"));
  }

  private String erase(Map<String, ?> target) {
    String receipt =
        client
            .request()
            .body(target)
            .post("/v1/erasures")
            .then()
            .statusCode(202)
            .header("Location", containsString("/v1/erasures/"))
            .extract()
            .path("id");
    Instant end = Instant.now().plus(PATIENCE);
    String state = "running";
    while (!state.equals("done")) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the erasure is not done within " + PATIENCE);
      }
      Thread.onSpinWait();
      state = get("/v1/erasures/" + receipt).statusCode(200).extract().path("state");
    }
    return receipt;
  }

  private String conversationAbout(String subject) {
    return client
        .request()
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(Map.of("subject", subject, "title", "About " + subject))
        .post("/v1/conversations")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A closed segment of 100 turns, with the text in the middle, and one turn more. */
  private String longConversation(String middle) {
    String id = client.createConversation();
    List<Map<String, Object>> turns = new ArrayList<>();
    for (int i = 1; i <= 101; i++) {
      turns.add(
          i == 50
              ? Map.of(
                  "role",
                  "user",
                  "content",
                  middle,
                  "metadata",
                  Map.of("note", middle),
                  "client_turn_id",
                  secret)
              : Map.of("role", "user", "content", "Pebble."));
    }
    append(id, Map.of("turns", turns), UUID.randomUUID().toString()).statusCode(201);
    return id;
  }

  private ValidatableResponse append(String id, Map<String, ?> body, String key) {
    return client
        .request()
        .header("Idempotency-Key", key)
        .header("Prefer", "wait=20")
        .body(body)
        .post("/v1/conversations/" + id + "/turns")
        .then();
  }

  private ValidatableResponse redact(String id, long seq) {
    return client.request().post("/v1/conversations/" + id + "/turns/" + seq + ":redact").then();
  }

  private ValidatableResponse get(String path) {
    return client.request().get(path).then();
  }
}
