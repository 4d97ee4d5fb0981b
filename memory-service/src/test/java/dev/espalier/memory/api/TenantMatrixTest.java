package dev.espalier.memory.api;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * T1: two tenants who use the same names, and every endpoint that the service describes. One that
 * is added is in the matrix the day it appears.
 */
@QuarkusTest
@TestProfile(PlainPostgres.class)
class TenantMatrixTest {

  /** Bodies that each operation would take from its owner; what needs none is not here. */
  private static final Map<String, Object> BODIES =
      Map.ofEntries(
          Map.entry("POST /v1/conversations", Map.of("title", "Mine", "subject", "ana")),
          Map.entry("PATCH /v1/conversations/{id}", Map.of("title", "Taken over")),
          Map.entry(
              "POST /v1/conversations/{id}/context",
              Map.of("input", "Where is the walnut?", "budget_tokens", 2000)),
          Map.entry("POST /v1/conversations/{id}/forgetting-runs", Map.of("policy", "shared")),
          Map.entry("POST /v1/conversations/{id}/recall", Map.of("query", "Where is the walnut?")),
          Map.entry(
              "POST /v1/conversations/{id}/reembeddings/{move}/comparison",
              Map.of("queries", List.of("walnut"), "k", 3)),
          Map.entry(
              "POST /v1/conversations/{id}/turns",
              Map.of("turns", List.of(Map.of("role", "user", "content", "An intruder.")))),
          Map.entry(
              "POST /v1/conversations:import",
              "{\"type\":\"conversation\",\"format\":1}\n{\"type\":\"end\",\"turns\":0}\n"),
          Map.entry("POST /v1/erasures", Map.of("subject", "ana", "speaker", "Ana")),
          Map.entry(
              "PUT /v1/forgetting-policies/{id}",
              Map.of("strategy", "random", "active", Map.of("at_most", 0), "protect_newest", 0)),
          Map.entry("POST /v1/recall", Map.of("subject", "ana", "query", "Where is the walnut?")));

  private static final List<String> WITHOUT_BODY =
      List.of(
          "POST /v1/conversations/{id}/reembeddings",
          "POST /v1/conversations/{id}/reembeddings/{move}:cut-over",
          "POST /v1/conversations/{id}/reembeddings/{move}:roll-back",
          "POST /v1/conversations/{id}/summaries:rebuild",
          "POST /v1/conversations/{id}/turns/{seq}/pin",
          "POST /v1/conversations/{id}/turns/{seq}:redact",
          "POST /v1/forgetting-runs/{run}/undo");

  private static final String POLICY = "/v1/forgetting-policies/";

  private final MemoryClient owner = MemoryClient.ofNewTenant();
  private final MemoryClient stranger = MemoryClient.ofNewTenant();
  private final String secret = "walnut" + UUID.randomUUID().toString().replace("-", "");
  private final Map<String, String> names = new TreeMap<>();

  @BeforeEach
  void bothTenantsUseTheSameNames() {
    String id = talk(owner, "The walnut is " + secret + ".");
    talk(stranger, "The walnut is elsewhere.");
    String run =
        owner
            .request()
            .body(Map.of("policy", "shared"))
            .post("/v1/conversations/" + id + "/forgetting-runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    String erasure =
        owner
            .request()
            .body(Map.of("subject", "nobody"))
            .post("/v1/erasures")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    names.putAll(Map.of("{id}", id, "{seq}", "1", "{run}", run, "{move}", run));
    names.put("/v1/erasures/{id}", "/v1/erasures/" + erasure);
    names.put(POLICY + "{id}", POLICY + "shared");
  }

  @Test
  void noEndpointReadsOrChangesWhatIsAnothers() {
    List<String> before = everythingOf(owner);
    Map<String, Map<String, Object>> paths =
        owner
            .request()
            .get("/q/openapi?format=json")
            .then()
            .statusCode(200)
            .extract()
            .path("paths");
    int cells = 0;
    int crossReads = 0;
    for (String path : new TreeMap<>(paths).keySet()) {
      for (String method : paths.get(path).keySet()) {
        if (!method.matches("get|put|post|patch|delete")) {
          continue;
        }
        String operation = method.toUpperCase(Locale.ROOT) + " " + path;
        Response answer = asStranger(operation, method, address(path));

        String body = answer.asString();
        assertTrue(answer.statusCode() < 500, operation + " answers " + body);
        if (path.contains("{") && !path.startsWith(POLICY)) {
          assertEquals(404, answer.statusCode(), operation);
        }
        boolean isShown = answer.statusCode() < 400 && body.contains(names.get("{id}"));
        crossReads += isShown || body.contains(secret) ? 1 : 0;
        cells++;
      }
    }
    System.out.printf("T1: %d operations as a stranger, cross reads %d%n", cells, crossReads);
    assertEquals(0, crossReads);
    assertTrue(cells > 30, "the description is empty");
    assertEquals(before, everythingOf(owner));
  }

  @Test
  void theSameKeysMeanDifferentThingsToDifferentTenants() {
    Map<String, String> body = Map.of("title", "The same");
    String first = created(owner, body);

    assertEquals(first, created(owner, body));
    assertFalse(first.equals(created(stranger, body)));
  }

  private static String created(MemoryClient client, Map<String, String> body) {
    return client
        .request()
        .header("Idempotency-Key", "the-same-key")
        .body(body)
        .post("/v1/conversations")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private Response asStranger(String operation, String method, String address) {
    RequestSpecification request = stranger.request();
    if (operation.endsWith(":import")) {
      request.contentType("application/x-ndjson");
    }
    Object body = BODIES.get(operation);
    if (body instanceof String lines) {
      request.body(lines.getBytes(StandardCharsets.UTF_8));
    } else if (body != null) {
      request.body(body);
    } else {
      assertTrue(
          method.matches("get|delete") || WITHOUT_BODY.contains(operation),
          "give this test a body for " + operation);
    }
    return request.request(Method.valueOf(method.toUpperCase(Locale.ROOT)), address);
  }

  private String address(String path) {
    String address = path;
    for (String whole : List.of("/v1/erasures/{id}", POLICY + "{id}")) {
      address = address.equals(whole) ? names.get(whole) : address;
    }
    for (String name : List.of("{id}", "{seq}", "{run}", "{move}")) {
      address = address.replace(name, names.get(name));
    }
    return address.endsWith(":export") ? address + "?subject=ana" : address;
  }

  /** A conversation with a subject, a speaker, a client's turn id and a policy of fixed names. */
  private static String talk(MemoryClient client, String said) {
    client
        .request()
        .body(Map.of("strategy", "activation", "active", Map.of("share", 0.5), "protect_newest", 0))
        .put(POLICY + "shared")
        .then()
        .statusCode(200);
    String id =
        client
            .request()
            .body(Map.of("title", "Walnuts", "subject", "ana"))
            .post("/v1/conversations")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    client
        .append(
            id,
            Map.of("role", "user", "speaker", "Ana", "content", said, "client_turn_id", "turn-one"))
        .statusCode(201);
    client.say(id, "The kettle whistles.", "The ladder is green.");
    return id;
  }

  private List<String> everythingOf(MemoryClient client) {
    return List.of(
        client.request().get("/v1/conversations:export?subject=ana").asString(),
        client.request().get(POLICY + "shared").asString(),
        client.request().get(address("/v1/conversations/{id}/forgetting-runs/{run}")).asString(),
        client
            .recall(
                names.get("{id}"), Map.of("query", "walnut", "explain", true, "reinforce", false))
            .body("hits[0].seq", equalTo(1))
            .extract()
            .asString());
  }
}
