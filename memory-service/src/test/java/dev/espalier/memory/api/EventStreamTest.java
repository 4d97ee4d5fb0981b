package dev.espalier.memory.api;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(PlainPostgres.class)
@Timeout(30)
class EventStreamTest {

  @TestHTTPResource URI base;

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @Test
  void tellsWhatHappensInOrderAndEndsWithTheConversation() throws IOException {
    String id = client.createConversation();
    client.say(id, "The kettle whistles at noon.");
    try (Stream stream = follow(id, "0")) {
      client.request().post("/v1/conversations/" + id + "/turns/1:redact").then().statusCode(200);
      client.request().delete("/v1/conversations/" + id).then().statusCode(204);

      List<String> lines = stream.untilItEnds();

      assertEquals("conversation.deleted", last(lines, "event:"));
      assertFalse(lines.toString().contains("kettle"));
      List<String> ids = lines.stream().filter(line -> line.startsWith("id:")).toList();
      for (int i = 0; i < ids.size() - 1; i++) {
        assertEquals("id:" + (i + 1), ids.get(i));
      }
    }
  }

  @Test
  void goesOnAfterTheLastEventSeen() throws IOException {
    String id = client.createConversation();
    client.say(id, "One.", "Two.");

    try (Stream stream = follow(id, "2")) {
      assertEquals(
          List.of("id:3", "event:turns.appended", "data:{\"last_seq\": 2, \"first_seq\": 2}"),
          stream.next(3));
    }
  }

  /** Sooner than the first pulse, by which it would hear anything otherwise. */
  @Test
  @Timeout(10)
  void answersAtOnceWhereNothingHappens() throws IOException {
    String id = client.createConversation();

    try (Stream stream = follow(id, "1")) {
      assertEquals(":still here", stream.reader().readLine());
    }
  }

  @Test
  void tellsWhatWasForgottenAndRemembered() throws IOException {
    String id = client.createConversation();
    client.say(id, "The kettle whistles at noon.", "The ladder is green.");
    String turns = "/v1/conversations/" + id + "/turns/";
    client
        .request()
        .body(Map.of("strategy", "activation", "active", Map.of("at_most", 0), "protect_newest", 0))
        .put("/v1/forgetting-policies/none")
        .then()
        .statusCode(200);

    try (Stream stream = follow(id, "4")) {
      client.request().post(turns + "1/pin").then().statusCode(204);
      client.request().post(turns + "1/pin").then().statusCode(204);
      String run = forget(id);
      client.request().post("/v1/forgetting-runs/" + run + "/undo").then().statusCode(200);
      client.request().delete(turns + "1/pin").then().statusCode(204);
      String second = forget(id);
      client.recall(id, Map.of("query", "kettle", "mode", "lexical", "k", 2)).statusCode(200);

      assertEquals(
          List.of(
              "event:turn.pinned",
              "data:{\"seq\": 1}",
              "event:forgetting.run",
              "data:{\"run_id\": \"" + run + "\", \"changes\": {\"active_to_dormant\": 1}}",
              "event:forgetting.undone",
              "data:{\"left\": 0, \"run_id\": \"" + run + "\", \"restored\": 1}",
              "event:turn.unpinned",
              "data:{\"seq\": 1}",
              "event:forgetting.run",
              "data:{\"run_id\": \"" + second + "\", \"changes\": {\"active_to_dormant\": 2}}",
              "event:turns.woken",
              "data:{\"seqs\": [1, 2]}"),
          stream.next(18).stream().filter(line -> !line.startsWith("id:")).toList());
    }
  }

  private String forget(String id) {
    return client
        .request()
        .body(Map.of("policy", "none"))
        .post("/v1/conversations/" + id + "/forgetting-runs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  @Test
  void followsForTheTenantOnly() {
    String id = client.createConversation();

    MemoryClient.ofNewTenant()
        .request()
        .get("/v1/conversations/" + id + "/events")
        .then()
        .statusCode(404);
    client
        .request()
        .header("Last-Event-ID", "yesterday")
        .get("/v1/conversations/" + id + "/events")
        .then()
        .statusCode(400)
        .body("code", equalTo("request.malformed_header"));
  }

  private static String last(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .reduce((a, b) -> b)
        .orElse("")
        .substring(field.length());
  }

  private Stream follow(String id, String after) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            base.resolve("/v1/conversations/" + id + "/events").toURL().openConnection();
    Map.of("X-Espalier-Tenant", client.tenant(), "Last-Event-ID", after)
        .forEach(connection::setRequestProperty);
    return new Stream(
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
  }

  /** The lines that are neither empty nor comments. */
  private record Stream(BufferedReader reader) implements AutoCloseable {

    List<String> untilItEnds() throws IOException {
      return next(Integer.MAX_VALUE);
    }

    List<String> next(int count) throws IOException {
      List<String> lines = new ArrayList<>();
      String line = "";
      while (lines.size() < count && (line = reader.readLine()) != null) {
        if (!line.isEmpty() && !line.startsWith(":")) {
          lines.add(line);
        }
      }
      return lines;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
