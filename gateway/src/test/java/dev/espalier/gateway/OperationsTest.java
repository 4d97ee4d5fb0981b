package dev.espalier.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class OperationsTest {

  @TestHTTPResource URI gateway;
  @Inject Spending spending;

  private final ScriptedServer memory = ScriptedServices.memory();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @AfterEach
  void restore() {
    memory.otherwise(request -> Reply.json(200, "{}"));
  }

  @Test
  void isAliveWhateverTheServicesDo() throws Exception {
    assertEquals(200, withoutKey("/q/health/live").statusCode());
  }

  @Test
  void isNotReadyWhileAServiceIsNot() throws Exception {
    HttpResponse<String> response = withoutKey("/q/health/ready");

    assertEquals(503, response.statusCode());
    JsonNode services = checked(response, "services");
    assertEquals("UP", services.path("memory").asText());
    assertEquals("DOWN", services.path("absent").asText());
    assertEquals("DOWN", services.path("wire").asText());
  }

  @Test
  void saysHowOldItsKnowledgeOfKeysIs() throws Exception {
    JsonNode access = checked(withoutKey("/q/health/ready"), "access");

    assertEquals("UP", access.path("database").asText());
    assertTrue(access.path("snapshot_age_ms").asLong() < 5_000, access.toString());
    assertEquals(0, access.path("unsettled").asInt());
  }

  @Test
  void describesTheServicesAsOne() throws Exception {
    memory.otherwise(OperationsTest::describe);

    HttpResponse<String> response = withoutKey("/openapi.json");

    assertEquals(200, response.statusCode());
    JsonNode document = GatewayClient.read(response.body());
    assertTrue(document.path("paths").has("/v1/conversations"));
    assertFalse(document.path("paths").path("/v1/conversations").path("get").has("security"));
    assertEquals(
        "createKey",
        document.path("paths").path("/v1/admin/keys").path("post").path("operationId").asText());
    assertEquals(
        "[\"absent\",\"brittle\",\"kg\",\"narrow\",\"reasoning\",\"wire\"]",
        document.path("x-espalier-missing-services").toString());
  }

  @Test
  void boundsWhatItDescribes() throws Exception {
    memory.otherwise(OperationsTest::describe);

    JsonNode document = GatewayClient.read(withoutKey("/openapi.json").body());

    assertEquals(List.of(), Unbounded.in(document));
    JsonNode listed = document.path("paths").path("/v1/conversations").path("get");
    assertEquals(
        "#/components/responses/TooManyRequests",
        listed.path("responses").path("429").path("$ref").asText());
    assertTrue(document.path("components").path("responses").has("TooManyRequests"));
    assertEquals(
        4_096, listed.path("parameters").path(0).path("schema").path("maxLength").asLong());
  }

  @Test
  void showsTheDescriptionToPeople() throws Exception {
    HttpResponse<String> page = withoutKey("/q/swagger-ui/");

    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("/openapi.json"), page.body());
  }

  @Test
  void measuresCallsOfModelsByTheNamesOfTheConvention() throws Exception {
    spending
        .reserve(new Caller("any", "anybody", Set.of()), "request", "chat", "m-1", Charge.NOTHING)
        .toCompletableFuture()
        .join()
        .settle(new Charge(3, 4, 5), false, "completed");

    String metrics = withoutKey("/q/metrics").body();

    assertTrue(metrics.contains("gen_ai_client_operation_duration_seconds_count"), metrics);
    assertTrue(
        metrics
            .lines()
            .filter(line -> line.startsWith("gen_ai_client_token_usage_sum"))
            .anyMatch(
                line -> line.contains("gen_ai_token_type=\"output\"") && line.endsWith(" 4.0")),
        metrics);
  }

  @Test
  void countsRequestsByServiceAndOutcome() throws Exception {
    client.get("/v1/conversations/counted");
    client.get("/v1/conversations/%00");

    String metrics = withoutKey("/q/metrics").body();

    assertTrue(
        metrics.contains(
            "espalier_gateway_requests_seconds_count{outcome=\"2xx\",service=\"memory\"}"),
        metrics);
    assertTrue(
        metrics.contains(
            "espalier_gateway_requests_seconds_count{outcome=\"4xx\",service=\"none\"}"),
        metrics);
    assertFalse(metrics.contains("counted"), "a path among the metrics");
  }

  private static JsonNode checked(HttpResponse<String> health, String name) {
    for (JsonNode check : GatewayClient.read(health.body()).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check.path("data");
      }
    }
    throw new AssertionError("no check " + name + " in " + health.body());
  }

  private static Reply describe(ReceivedRequest request) {
    return request.target().equals("/q/openapi?format=json")
        ? Reply.json(
            200,
            """
            {"openapi": "3.1.0",
             "paths": {"/v1/conversations": {"get": {
               "security": [{"other": []}],
               "parameters": [{"name": "subject", "in": "query", "schema": {"type": "string"}}],
               "responses": {"200": {"content": {"application/json": {"schema":
                 {"type": "array", "items": {"type": "string"}}}}}}}}}}
            """)
        : Reply.json(200, "{}");
  }

  private HttpResponse<String> withoutKey(String target) throws Exception {
    return client.send(HttpRequest.newBuilder(gateway.resolve(target)));
  }
}
