package dev.espalier.gateway;

import static dev.espalier.gateway.GatewayClient.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.ops.UsageWriter;
import dev.espalier.persistence.Database;
import dev.espalier.testkit.ReceivedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class AdminTest {

  @TestHTTPResource URI gateway;
  @Inject Spending spending;
  @Inject UsageWriter usage;
  @Inject Database database;

  private AdminClient admin;
  private String tenant;

  @BeforeEach
  void begin() throws Exception {
    admin = new AdminClient(gateway);
    tenant = admin.newTenant();
  }

  @Test
  void aNewKeyOpensItsTenantAndARevokedOneNothing() throws Exception {
    JsonNode made = admin.newKey(tenant, "");
    String key = made.path("key").asText();

    assertEquals(200, admin.as(key, "/v1/conversations/mine").statusCode());
    ReceivedRequest received =
        ScriptedServices.await(ScriptedServices.memory(), "/v1/conversations/mine");
    assertEquals(tenant, received.header("X-Espalier-Tenant").orElseThrow());
    assertFalse(received.headers().toString().contains(key));

    String path = "/keys/" + made.path("id").asText();
    JsonNode revoked = admin.ok("POST", path + "/revoke", "");

    assertProblem(401, "auth.key_refused", admin.as(key, "/v1/conversations/mine"));
    assertFalse(revoked.path("revoked_at").isNull());
    assertEquals(
        revoked.path("revoked_at"), admin.ok("POST", path + "/revoke", "").path("revoked_at"));
    assertProblem(409, "admin.key_revoked", admin.send("PATCH", path, "{\"name\": \"again\"}"));
    assertProblem(409, "admin.key_revoked", admin.send("POST", path + "/rotate", ""));
  }

  @Test
  void hearsOfARevocationOnAnotherReplica() throws Exception {
    JsonNode made = admin.newKey(tenant, "");
    String key = made.path("key").asText();
    assertEquals(200, admin.as(key, "/v1/conversations/a").statusCode());

    long start = System.nanoTime();
    database.update(
        "UPDATE api_key SET revoked_at = ? WHERE id = ?",
        Instant.now(),
        UUID.fromString(made.path("id").asText()));
    database.update("UPDATE access_revision SET value = value + 1");
    int status;
    long millis;
    do {
      status = admin.as(key, "/v1/conversations/a").statusCode();
      millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    } while (status == 200 && millis < 10_000);

    System.out.printf("T6: a key revoked elsewhere was refused after %d ms%n", millis);
    assertEquals(401, status);
    assertTrue(millis < 5_000);
  }

  @Test
  void showsAKeyOnceAndKeepsItsHashOnly() throws Exception {
    JsonNode made = admin.newKey(tenant, "");
    String key = made.path("key").asText();

    assertTrue(key.matches("esp_[0-9a-f]{32}_[A-Za-z0-9_-]{43}"), key);
    assertFalse(admin.get("/keys/" + made.path("id").asText()).has("key"));
    assertFalse(admin.get("/keys?tenant=" + tenant).toString().contains(key));
    List<String> rows =
        database.query(
            "SELECT api_key::text AS row FROM api_key WHERE tenant = ?",
            row -> row.getString("row"),
            tenant);
    assertEquals(1, rows.size());
    assertFalse(rows.toString().contains(key.substring(37)));
  }

  @Test
  void rotatesWithoutAGap() throws Exception {
    JsonNode made = admin.newKey(tenant, "");
    String path = "/keys/" + made.path("id").asText() + "/rotate";
    String first = made.path("key").asText();

    String second = admin.ok("POST", path, "{\"grace_seconds\": 60}").path("key").asText();
    assertNotEquals(first, second);
    assertEquals(200, admin.as(first, "/v1/conversations/a").statusCode());
    assertEquals(200, admin.as(second, "/v1/conversations/a").statusCode());

    String third = admin.ok("POST", path, "").path("key").asText();
    assertEquals(401, admin.as(first, "/v1/conversations/a").statusCode());
    assertEquals(401, admin.as(second, "/v1/conversations/a").statusCode());
    assertEquals(200, admin.as(third, "/v1/conversations/a").statusCode());
  }

  @ParameterizedTest
  @CsvSource({"Authorization, 'Token '", "X-API-Key, ''", "api-key, ''"})
  void takesTheKeyFromOtherHeadersAndPassesItToNobody(String header, String scheme)
      throws Exception {
    String key = admin.newKey(tenant, "").path("key").asText();
    String target = "/v1/conversations/" + UUID.randomUUID();

    assertEquals(200, admin.as(header, scheme + key, target).statusCode());

    ReceivedRequest received = ScriptedServices.await(ScriptedServices.memory(), target);
    assertFalse(received.headers().toString().contains(key), received.headers().toString());
  }

  @Test
  void confinesAKeyToItsScopes() throws Exception {
    String key = admin.newKey(tenant, ", \"scopes\": [\"memory\"]").path("key").asText();
    String others = admin.newKey(tenant, ", \"scopes\": [\"search\"]").path("key").asText();

    // No scope is named for this service, so it needs all that belongs to a tenant.
    assertProblem(403, "auth.scope_missing", admin.as(key, "/v1/brittle"));
    assertEquals(200, admin.as(key, "/v1/conversations/a").statusCode());
    assertProblem(403, "auth.scope_missing", admin.as(others, "/v1/conversations/a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tenants",
        "/tenants/x",
        "/keys",
        "/keys/x",
        "/budgets",
        "/usage",
        "/usage/days",
        "/x",
        ""
      })
  void isForKeysWithTheScopeOnly(String path) throws Exception {
    String key = admin.newKey(tenant, "").path("key").asText();

    assertProblem(403, "auth.scope_missing", admin.as(key, "/v1/admin" + path));
  }

  @Test
  void suspendsATenantAsAWhole() throws Exception {
    String key = admin.newKey(tenant, "").path("key").asText();

    admin.ok("PATCH", "/tenants/" + tenant, "{\"suspended\": true}");
    assertProblem(403, "auth.tenant_suspended", admin.as(key, "/v1/conversations/a"));

    admin.ok("PATCH", "/tenants/" + tenant, "{\"suspended\": false}");
    assertEquals(200, admin.as(key, "/v1/conversations/a").statusCode());
  }

  @Test
  void limitsTheRequestsOfAMinute() throws Exception {
    JsonNode made = admin.newKey(tenant, ", \"requests_per_minute\": 2");
    String key = made.path("key").asText();

    HttpResponse<String> first = admin.as(key, "/v1/conversations/a");
    assertEquals("2", first.headers().firstValue("x-ratelimit-limit-requests").orElseThrow());
    assertEquals("1", first.headers().firstValue("x-ratelimit-remaining-requests").orElseThrow());
    admin.as(key, "/v1/conversations/a");
    HttpResponse<String> third = admin.as(key, "/v1/conversations/a");

    assertProblem(429, "limit.requests", third);
    assertEquals("0", third.headers().firstValue("x-ratelimit-remaining-requests").orElseThrow());
    assertTrue(Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow()) <= 30);

    admin.ok("PATCH", "/keys/" + made.path("id").asText(), "{\"requests_per_minute\": null}");
    assertEquals(200, admin.as(key, "/v1/conversations/a").statusCode());
  }

  @Test
  void endsAKeyWhenItExpires() throws Exception {
    JsonNode made = admin.newKey(tenant, ", \"expires_at\": \"2020-01-01T00:00:00+01:00\"");

    assertEquals("2019-12-31T23:00:00Z", made.path("expires_at").asText());
    assertProblem(
        401, "auth.key_refused", admin.as(made.path("key").asText(), "/v1/conversations/a"));
  }

  @Test
  void keepsABudgetAndReportsWhatWasUsed() throws Exception {
    JsonNode key = admin.newKey(tenant, "");
    Caller caller = new Caller(key.path("id").asText(), tenant, Set.of());
    JsonNode budget =
        admin.ok(
            "POST",
            "/budgets",
            "{\"tenant\": \"%s\", \"period\": \"month\", \"limit_tokens\": 100}".formatted(tenant));
    for (int i = 0; i < 3; i++) {
      spending
          .reserve(caller, "request-" + i, "chat", "a-model", new Charge(10, 10, 7))
          .toCompletableFuture()
          .join()
          .settle(new Charge(10, i, 5), false, "completed")
          .toCompletableFuture()
          .join();
    }
    usage.flush();

    JsonNode after = admin.get("/budgets/" + budget.path("id").asText());
    assertEquals(33, after.path("used_tokens").asInt());
    assertEquals(0, after.path("reserved_tokens").asInt());
    JsonNode day = admin.get("/usage/days?tenant=" + tenant).path("days").path(0);
    assertEquals(3, day.path("calls").asInt());
    assertEquals(30, day.path("prompt_tokens").asInt());
    assertEquals(15, day.path("nanos").asInt());
    Set<String> requests = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/usage?limit=2&tenant=" + tenant + cursor);
      page.path("usage").forEach(call -> requests.add(call.path("request_id").asText()));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertEquals(Set.of("request-0", "request-1", "request-2"), requests);

    String path = "/budgets/" + budget.path("id").asText();
    assertEquals(
        40, admin.ok("PATCH", path, "{\"limit_tokens\": 40}").path("limit_tokens").asInt());
    assertProblem(422, "request.invalid", admin.send("PATCH", path, "{\"limit_tokens\": null}"));
    assertEquals(204, admin.send("DELETE", path, "").statusCode());
    assertProblem(404, "admin.budget_not_found", admin.send("DELETE", path, ""));
  }

  @Test
  void pagesThroughAllKeysAndTenants() throws Exception {
    for (int i = 0; i < 5; i++) {
      admin.newKey(tenant, "");
    }
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/keys?limit=2&tenant=" + tenant + cursor);
      page.path("keys").forEach(key -> ids.add(key.path("id").asText()));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertEquals(5, ids.size());

    boolean isFound = false;
    cursor = "";
    do {
      JsonNode page = admin.get("/tenants?limit=3" + cursor);
      isFound |= page.path("tenants").findValuesAsText("id").contains(tenant);
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertTrue(isFound);
  }

  /** I1 for this API: whatever is wrong is the client's fault, and is said to be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{\"id\": 7}",
        "{\"id\": \"\"}",
        "{\"id\": \"a/b\"}",
        "{\"id\": \"../x\"}",
        "{\"id\": \"ok\", \"id\": \"ok\"}",
        "{\"id\": \"ok\", \"more\": 1}",
        "{\"id\": \"ok\"} {}",
        "{\"id\": \"ok\", \"name\": \"\\u0000\"}",
        "{\"id\": \"ok\", \"name\": \"\\ud800\"}",
        "{\"id\": \"ok\", \"name\": \"\"}",
        "{\"id\": \"ok\", \"name\": null}",
        "{\"id\": \"ok\", \"name\": 1e999}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"scopes\": []}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"scopes\": [\"internal\"]}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"scopes\": {\"memory\": \"memory\"}}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"requests_per_minute\": 0}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"requests_per_minute\": -1}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"requests_per_minute\": 1.5}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"tokens_per_minute\": 1e999}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"tokens_per_minute\": 99999999999999999999}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"expires_at\": \"tomorrow\"}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"expires_at\": \"+999999-01-01T00:00:00Z\"}",
        "{\"tenant\": \"%s\", \"name\": \"k\", \"expires_at\": 1}",
        "{\"tenant\": \"nobody\", \"name\": \"k\"}",
        "{\"tenant\": \"%s\", \"period\": \"year\", \"limit_tokens\": 1}",
        "{\"tenant\": \"%s\", \"period\": \"day\"}",
        "{\"tenant\": \"%s\", \"period\": \"day\", \"limit_nanos\": -1}",
        "{\"tenant\": \"%s\", \"period\": \"day\", \"limit_tokens\": 1, \"key\": \"a b\"}",
        "{\"tenant\": \"nobody\", \"period\": \"day\", \"limit_tokens\": 1}"
      })
  void refusesBadBodies(String body) throws Exception {
    String sent = body.replace("%s", tenant);
    for (String path : List.of("/tenants", "/keys", "/budgets")) {
      HttpResponse<String> response = admin.send("POST", path, sent);
      assertEquals(4, response.statusCode() / 100, path + " " + sent + " " + response.body());
      assertTrue(response.body().contains("\"code\""), response.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/keys?limit=0",
        "/keys?limit=-1",
        "/keys?limit=201",
        "/keys?limit=99999999999",
        "/keys?limit=x",
        "/keys?limit=1&limit=1",
        "/keys?cursor=x",
        "/keys?cursor=",
        "/keys?what=1",
        "/keys?tenant=a%2Fb",
        "/keys?tenant=%00",
        "/tenants?cursor=%FF",
        "/tenants?cursor=Li4v",
        "/usage?from=yesterday",
        "/usage?to=9999999999-01-01T00:00:00Z",
        "/usage?key=%27",
        "/usage/days?cursor=-1",
        "/keys/1",
        "/keys/00000000-0000-0000-0000-00000000000g",
        "/keys/00000000-0000-0000-0000-000000000000",
        "/budgets/x",
        "/tenants/%20",
        "/tenants/nobody",
        "/nothing"
      })
  void refusesBadQuestions(String path) throws Exception {
    HttpResponse<String> response = admin.send("GET", path, "");

    assertEquals(4, response.statusCode() / 100, path + " " + response.body());
    assertTrue(response.body().contains("\"code\""), response.body());
  }

  @Test
  void refusesLongAndDeepBodies() throws Exception {
    assertProblem(
        413,
        "request.body_too_large",
        admin.send("POST", "/tenants", "{\"id\": \"" + "x".repeat(70_000) + "\"}"));
    assertProblem(
        400,
        "request.malformed_body",
        admin.send("POST", "/tenants", "[".repeat(500) + "]".repeat(500)));
    assertProblem(405, "request.method_not_allowed", admin.send("DELETE", "/tenants", ""));
    assertProblem(
        409, "admin.tenant_exists", admin.send("POST", "/tenants", "{\"id\": \"" + tenant + "\"}"));
  }
}
