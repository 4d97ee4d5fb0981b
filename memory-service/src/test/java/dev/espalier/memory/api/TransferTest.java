package dev.espalier.memory.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class TransferTest {

  private static final String HEAD = "{\"type\":\"conversation\",\"format\":1}\n";
  private static final String TURN =
      "{\"type\":\"turn\",\"seq\":1,\"role\":\"user\",\"content\":\"Hello\","
          + "\"occurred_at\":\"2026-01-01T00:00:00Z\"}\n";

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @Test
  void recallsTheSameFromAConversationThatWentAndCameBack() {
    String id = conversation();
    String exported = export("/v1/conversations/" + id + "/export");

    String copy = importLines(exported).statusCode(201).extract().path("conversations[0].id");

    client.append(copy, Map.of("role", "user", "content", "Waits for the index."));
    client.append(id, Map.of("role", "user", "content", "Waits for the index."));
    assertEquals(turnsWithoutStoredAt(id), turnsWithoutStoredAt(copy), "the turns are the same");
    for (String mode : List.of("hybrid", "dense", "lexical")) {
      Map<String, Object> question = Map.of("query", "Where does Ana live?", "mode", mode, "k", 5);
      assertEquals(hits(id, question), hits(copy, question), mode);
    }
  }

  @Test
  void exportsAllConversationsAboutASubject() {
    String subject = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      client.request().body(Map.of("subject", subject)).post("/v1/conversations");
    }
    conversation();

    String exported = export("/v1/conversations:export?subject=" + subject);

    importLines(exported).statusCode(201).body("conversations", hasSize(2));
    client
        .request()
        .get("/v1/conversations?subject=" + subject)
        .then()
        .body("conversations", hasSize(4));
  }

  @Test
  void importsOncePerKey() {
    String key = UUID.randomUUID().toString();
    String body = HEAD + TURN + "{\"type\":\"end\",\"turns\":1}\n";

    String first = importLines(body, key).statusCode(201).extract().path("conversations[0].id");

    importLines(body, key).statusCode(201).body("conversations[0].id", equalTo(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        HEAD,
        HEAD + TURN,
        TURN,
        HEAD + TURN + "{\"type\":\"end\",\"turns\":2}",
        HEAD + HEAD,
        HEAD + TURN + TURN,
        HEAD + "{\"type\":\"end\",\"turns\":0}\n" + TURN,
        "{\"type\":\"conversation\",\"format\":2}\n{\"type\":\"end\",\"turns\":0}"
      })
  void refusesWhatIsNoWholeExportAndStoresNothing(String body) {
    importLines(body).statusCode(422).body("code", equalTo("request.invalid"));

    client.request().get("/v1/conversations").then().body("conversations", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{", "{\"type\":\"system\"}", "\u0000", "7"})
  void refusesWhatIsNoLineAndNamesIt(String line) {
    importLines(HEAD + line)
        .statusCode(400)
        .body("code", equalTo("request.malformed_body"))
        .body("detail", containsString("line 2"));
  }

  @Test
  void exportsForTheTenantOnly() {
    String id = conversation();

    MemoryClient.ofNewTenant()
        .request()
        .get("/v1/conversations/" + id + "/export")
        .then()
        .statusCode(404);
  }

  private String conversation() {
    String id = client.createConversation();
    client.say(id, "My sister Ana moved to Lisbon.", "The bakery closed.", "Forget this one.");
    client.append(
        id,
        Map.of(
            "role",
            "assistant",
            "speaker",
            "Bo",
            "content",
            "Lisbon, \"by the sea\"?\nNice.",
            "occurred_at",
            "2024-05-01T10:00:00Z",
            "client_turn_id",
            "c-4",
            "metadata",
            Map.of("mood", "glad")));
    client.request().post("/v1/conversations/" + id + "/turns/3:redact").then().statusCode(200);
    return id;
  }

  private String export(String path) {
    String exported = client.request().get(path).then().statusCode(200).extract().body().asString();
    assertTrue(exported.endsWith("}\n"));
    return exported;
  }

  private List<Map<String, Object>> turnsWithoutStoredAt(String id) {
    List<Map<String, Object>> turns =
        client.request().get("/v1/conversations/" + id + "/turns?limit=4").path("turns");
    turns.forEach(turn -> turn.keySet().removeAll(List.of("stored_at", "redacted_at")));
    return turns;
  }

  private List<Map<String, Object>> hits(String id, Map<String, Object> question) {
    List<Map<String, Object>> hits =
        client.recall(id, question).statusCode(200).extract().path("hits");
    hits.forEach(hit -> hit.remove("occurred_at"));
    return hits;
  }

  private ValidatableResponse importLines(String body) {
    return importLines(body, UUID.randomUUID().toString());
  }

  private ValidatableResponse importLines(String body, String key) {
    return client
        .request()
        .header("Idempotency-Key", key)
        .contentType("application/x-ndjson")
        .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/v1/conversations:import")
        .then();
  }
}
