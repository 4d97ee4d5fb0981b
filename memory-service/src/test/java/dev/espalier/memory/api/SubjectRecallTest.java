package dev.espalier.memory.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class SubjectRecallTest {

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @Test
  void findsTheTurnInWhicheverConversationItWasSaid() {
    String first = conversationWith("ana", "My boat is called Marigold.", "It leaks a little.");
    String second = conversationWith("ana", "I have a new job at the observatory.");
    conversationWith("bo", "My boat is called Thistle.");

    recall(Map.of("subject", "ana", "query", "What is the boat called?", "k", 1))
        .statusCode(200)
        .body("hits.conversation_id", contains(first))
        .body("hits.seq", contains(1))
        .body("hits.text", contains("My boat is called Marigold."))
        .body("conversations", equalTo(2))
        .body("complete", equalTo(true));
    recall(Map.of("subject", "ana", "query", "Where do I work?", "k", 1, "mode", "dense"))
        .body("hits.conversation_id", contains(second));
    recall(Map.of("subject", "ana", "query", "boat", "k", 10)).body("hits", hasSize(3));
  }

  @Test
  void filtersEveryConversation() {
    conversationWith("cy", "One apple.", "Two apples.");
    conversationWith("cy", "Three apples.", "Four apples.");

    recall(Map.of("subject", "cy", "query", "apples", "filter", Map.of("from_seq", 2)))
        .body("hits.seq", contains(2, 2));
  }

  @Test
  void knowsNothingOfAnotherTenantsSubject() {
    conversationWith("ana", "My boat is called Marigold.");

    MemoryClient.ofNewTenant()
        .request()
        .body(Map.of("subject", "ana", "query", "boat"))
        .post("/v1/recall")
        .then()
        .statusCode(200)
        .body("hits", empty())
        .body("conversations", equalTo(0));
  }

  @Test
  void needsASubject() {
    recall(Map.of("query", "boat")).statusCode(422);
    recall(Map.of("subject", "ana", "query", "boat", "k", 0)).statusCode(422);
    recall(Map.of("subject", "ana", "query", "boat", "neighbours", 1)).statusCode(422);
  }

  private String conversationWith(String subject, String... contents) {
    String id =
        client
            .request()
            .body(Map.of("subject", subject))
            .post("/v1/conversations")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    client.say(id, contents);
    return id;
  }

  private ValidatableResponse recall(Map<String, ?> question) {
    return client.request().body(question).post("/v1/recall").then();
  }
}
