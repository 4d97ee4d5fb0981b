package dev.espalier.memory.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class SummaryTest {

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @Test
  void summarisesClosedSegmentsTheOpenOneAndTheWhole() {
    String id = conversation(130);

    get(id, "/summaries")
        .statusCode(200)
        .body("summaries.level", contains(1, 1, 2))
        .body("summaries.first_seq", contains(1, 101, 1))
        .body("summaries.last_seq", contains(100, 130, 100))
        .body("summaries.provisional", contains(false, true, false))
        .body("summaries.method", everyItem(equalTo("extractive-cover-1")));
  }

  @Test
  void namesTheTurnsOfEachSentence() {
    String id = client.createConversation();
    client.append(id, Map.of("role", "user", "content", "The pear trees stand near the wall."));

    get(id, "/summary?level=1")
        .statusCode(200)
        .body("body", equalTo("user: The pear trees stand near the wall."))
        .body("sentences[0].seqs", contains(1))
        .body("source_seqs", contains(1))
        .body("superseded_at", nullValue());
  }

  @Test
  void looksBack() {
    String id = conversation(130);

    get(id, "/summary?level=1&as_of_seq=110")
        .body("first_seq", equalTo(101))
        .body("last_seq", equalTo(110))
        .body("source_seqs", everyItem(lessThanOrEqualTo(110)));
    get(id, "/summary?as_of_seq=50")
        .body("last_seq", equalTo(50))
        .body("provisional", equalTo(true));
  }

  @Test
  void rebuildsAndKeepsWhatWasThere() {
    String id = conversation(130);
    String before = get(id, "/summary").extract().path("body");

    client
        .request()
        .post("/v1/conversations/" + id + "/summaries:rebuild")
        .then()
        .statusCode(200)
        .body("summaries.version", contains(2, 1, 2));

    assertEquals(before, get(id, "/summary").extract().path("body"));
    get(id, "/summaries?superseded=true")
        .body("summaries", hasSize(4))
        .body("summaries.findAll { it.version == 1 }.superseded_at", everyItem(not(nullValue())));
  }

  @Test
  void hasNothingToSayOfAnEmptyConversation() {
    get(client.createConversation(), "/summary")
        .statusCode(404)
        .body("code", equalTo("memory.no_summary"));
  }

  @Test
  void isOfTheTenantOnly() {
    String id = conversation(3);

    MemoryClient.ofNewTenant()
        .request()
        .get("/v1/conversations/" + id + "/summary")
        .then()
        .statusCode(404)
        .body("code", containsString("conversation_not_found"));
  }

  @Test
  void standsInAContextBeforeTheRecalledTurns() {
    String id = conversation(130);

    client
        .context(
            id,
            Map.of(
                "system",
                "Be brief.",
                "input",
                "What is in box number 7?",
                "budget_tokens",
                1500,
                "reserve",
                Map.of("summary", 300)))
        .statusCode(200)
        .body("messages[0].role", equalTo("system"))
        .body("messages[0].content", equalTo("Be brief."))
        .body("messages[1].role", equalTo("user"))
        .body("messages[1].content", containsString("<summary>\n> user: Box number"))
        .body("manifest.sections.name[0]", equalTo("system"))
        .body("manifest.sections.name[1]", equalTo("summary"))
        .body("manifest.sections[1].tokens", lessThanOrEqualTo(300))
        .body("manifest.tokens_total", lessThanOrEqualTo(1500));
  }

  private String conversation(int turns) {
    String id = client.createConversation();
    client
        .request()
        .body(
            Map.of(
                "turns",
                IntStream.rangeClosed(1, turns)
                    .mapToObj(
                        i ->
                            Map.of(
                                "role",
                                "user",
                                "content",
                                "Box number " + i + " holds colour" + (i * 7 % 31) + "."))
                    .toList()))
        .post("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(201);
    return id;
  }

  private ValidatableResponse get(String id, String path) {
    return client.request().get("/v1/conversations/" + id + path).then();
  }
}
