package dev.espalier.search.api;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Speaks to the service under test as one tenant. */
record SearchClient(String tenant) {

  static final String PUZZLE =
      """
      {"problem": "Use 4 5 6 10 to make 24", "proposer": {"type": "arithmetic"}, "seed": 5,
       "strategy": {"type": "mcts", "simulations": 10, "width": 8, "depth": 4}}
      """;

  static final String CHAT =
      """
      {"problem": "What is 3 + 4?", "proposer": {"type": "chat", "model": "scripted"},
       "strategy": {"type": "best_of_n", "samples": 3, "depth": 4}, "pruning": {"mode": "verbatim"}}
      """;

  /** A tenant that no other test has. */
  static SearchClient ofNewTenant() {
    return new SearchClient("t-" + UUID.randomUUID());
  }

  RequestSpecification request() {
    return given()
        .header("X-Espalier-Tenant", tenant)
        .contentType(ContentType.JSON)
        .urlEncodingEnabled(false);
  }

  String start(String body) {
    return request().body(body).post("/v1/searches").then().statusCode(202).extract().path("id");
  }

  JsonPath read(String id) {
    return request().get("/v1/searches/" + id).then().statusCode(200).extract().jsonPath();
  }

  /** Follows the search to its last event, then reads it. */
  JsonPath awaitEnd(String id) {
    events(id, null);
    return read(id);
  }

  /** The stream's lines, until it ends. */
  List<String> events(String id, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:" + RestAssured.port + "/v1/searches/" + id + "/events"))
            .timeout(Duration.ofSeconds(30))
            .header("X-Espalier-Tenant", tenant)
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), BodyHandlers.ofLines())
          .body()
          .toList();
    } catch (Exception e) {
      throw new AssertionError("the stream broke", e);
    }
  }

  Response startBatch(String lines) {
    return given()
        .header("X-Espalier-Tenant", tenant)
        .contentType("application/jsonl")
        .body(lines.getBytes(StandardCharsets.UTF_8))
        .post("/v1/search-batches");
  }
}
