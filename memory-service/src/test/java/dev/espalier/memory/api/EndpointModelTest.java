package dev.espalier.memory.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EndpointModel.class)
class EndpointModelTest {

  AtomicBoolean isAway;

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @AfterEach
  void comeBack() {
    isAway.set(false);
  }

  @Test
  void recallsByTheVectorsOfTheEndpoint() {
    String id = client.createConversation();
    client.say(id, "aaaa", "bbbb", "cccc");

    client
        .recall(id, Map.of("query", "bbbbbb", "mode", "dense", "k", 1))
        .body("hits.seq", contains(2))
        .body("degraded", nullValue());
  }

  @Test
  void recallsByWordsAndSaysSoWhileTheEndpointIsAway() {
    String id = client.createConversation();
    client.say(id, "The walnut tree fell.", "Bring a coat.");
    isAway.set(true);

    for (String mode : List.of("hybrid", "dense")) {
      client
          .recall(id, Map.of("query", "walnut", "mode", mode))
          .statusCode(200)
          .body("hits.seq", hasItem(1))
          .body("degraded", equalTo("embedding_unavailable"));
    }
    client.recall(id, Map.of("query", "walnut", "mode", "lexical")).body("degraded", nullValue());
  }

  @Test
  void keepsTurnsWaitingAndGivesUpOnNoneWhileTheEndpointIsAway() {
    String id = client.createConversation();
    isAway.set(true);
    client
        .request()
        .header("Prefer", "wait=1")
        .body(Map.of("turns", List.of(Map.of("role", "user", "content", "aaaa"))))
        .post("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(201)
        .body("index.embedded_through_seq", equalTo(0))
        .body("index.failed", equalTo(0));

    isAway.set(false);

    client
        .append(id, Map.of("role", "user", "content", "bbbb"))
        .body("index.embedded_through_seq", equalTo(2));
  }
}
