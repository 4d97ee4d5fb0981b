package dev.espalier.memory.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class BadInputTest {

  private final MemoryClient client = MemoryClient.ofNewTenant();

  /** Bodies that no endpoint takes, whatever it is for. */
  static Stream<byte[]> bodies() {
    List<byte[]> bodies = new ArrayList<>();
    Stream.of(
            "",
            "null",
            "[]",
            "1",
            "\"text\"",
            "{",
            "{\"turns\": [}",
            "{} {}",
            "{\"unknown\": 1}",
            "{\"title\": \"a\", \"title\": \"b\", \"unknown\": 1}",
            "[".repeat(500) + "]".repeat(500),
            "{\"metadata\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(501),
            "{\"metadata\": {\"a\": 1e999}, \"k\": 1e999}",
            "{\"metadata\": \"text\", \"turns\": 7}",
            "{\"title\": 7, \"turns\": {\"role\": \"user\"}, \"query\": 7, \"input\": 7}",
            "{\"title\": \"\\u0000\", \"turns\": [], \"query\": \"\\u0000\", \"input\": \"\\u0000\"}",
            "{\"title\": \"\\ud800\", \"query\": \"\\udc00\", \"input\": \"\\ud800\"}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .forEach(bodies::add);
    bodies.add(new byte[] {'{', '"', 't', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'});
    bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
    return bodies.stream();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void answersAnyBadBodyWithACode(byte[] body) {
    String id = client.createConversation();
    String path = "/v1/conversations/" + id;

    refuse(client.request().body(body).post("/v1/conversations"));
    refuse(client.request().body(body).patch(path));
    refuse(client.request().body(body).post(path + "/turns"));
    refuse(client.request().body(body).post(path + "/recall"));
    refuse(client.request().body(body).post(path + "/context"));
    client.request().get(path).then().statusCode(200).body("last_seq", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"turns\": []}",
        "{\"turns\": [null]}",
        "{\"turns\": [{\"role\": \"user\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": 5}]}",
        "{\"turns\": [{\"role\": \"king\", \"content\": \"x\"}]}",
        "{\"turns\": [{\"role\": \"USER\", \"content\": \"x\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"a\\u0000b\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"a\\ud83cb\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"speaker\": \"\\u0000\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"client_turn_id\": \"\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"occurred_at\": \"soon\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"occurred_at\": 1e999}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\","
            + " \"occurred_at\": \"+99999-01-01T00:00:00Z\"}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"metadata\": {\"a\": 1e999}}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"metadata\": {\"\\u0000\": 1}}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\", \"surprise\": 1}]}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\"}], \"expected_seq\": -1}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\"}], \"expected_seq\": 1.5}",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"x\"}], \"expected_seq\": \"0\"}"
      })
  void refusesATurnThatCannotBeKept(String body) {
    String id = client.createConversation();

    refuse(client.request().body(body).post("/v1/conversations/" + id + "/turns"))
        .then()
        .statusCode(422)
        .body("code", equalTo("request.invalid"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"query\": \"  \"}",
        "{\"query\": \"x\", \"k\": 0}",
        "{\"query\": \"x\", \"k\": -5}",
        "{\"query\": \"x\", \"k\": 1000000000}",
        "{\"query\": \"x\", \"k\": 99999999999999999999}",
        "{\"query\": \"x\", \"k\": \"ten\"}",
        "{\"query\": \"x\", \"mode\": \"psychic\"}",
        "{\"query\": \"x\", \"neighbours\": 99}",
        "{\"query\": \"x\", \"neighbours\": 10, \"k\": 200}",
        "{\"query\": \"x\", \"filter\": {\"roles\": [\"king\"]}}",
        "{\"query\": \"x\", \"filter\": {\"metadata\": {\"a\": 1e999}}}",
        "{\"query\": \"x\", \"filter\": {\"from_seq\": -1}}"
      })
  void refusesAQuestionThatMeansNothing(String body) {
    String id = client.createConversation();

    refuse(client.request().body(body).post("/v1/conversations/" + id + "/recall"))
        .then()
        .statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"input\": \"x\"}",
        "{\"input\": \"x\", \"budget_tokens\": 0}",
        "{\"input\": \"x\", \"budget_tokens\": -1}",
        "{\"input\": \"x\", \"budget_tokens\": 2147483648}",
        "{\"input\": \"x\", \"budget_tokens\": 100, \"tokenizer\": \"abacus\"}",
        "{\"input\": \"x\", \"budget_tokens\": 100, \"reserve\": {\"dessert\": 1}}",
        "{\"input\": \"x\", \"budget_tokens\": 100, \"reserve\": 1}"
      })
  void refusesAContextThatCannotBe(String body) {
    String id = client.createConversation();

    refuse(client.request().body(body).post("/v1/conversations/" + id + "/context"))
        .then()
        .statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not-an-id",
        "00000000-0000-0000-0000-000000000000",
        "1-1-1-1-1",
        "..%2f..%2fetc",
        "%2e%2e",
        "%00",
        "%ff"
      })
  void showsAnIdThatCannotBeAsAbsent(String id) {
    String path = "/v1/conversations/" + id;

    assertEquals(404, refuse(client.request().get(path)).statusCode());
    assertEquals(404, refuse(client.request().get(path + "/turns")).statusCode());
    assertEquals(404, refuse(client.request().delete(path)).statusCode());
    // An address with two dots is, by RFC 3986, another one: /v1/recall, which wants a subject.
    assertEquals(
        id.equals("%2e%2e") ? 422 : 404,
        refuse(client.request().body("{\"query\":\"x\"}").post(path + "/recall")).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=-1",
        "?limit=100000",
        "?limit=ten",
        "?cursor=bm90IG91cnM",
        "?cursor=%00",
        "?subject=%00"
      })
  void refusesAPageThatCannotBe(String query) {
    refuse(client.request().get("/v1/conversations" + query));
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    String id = client.createConversation();

    client
        .request()
        .body("{\"turns\": [{\"role\": \"king\", \"content\": \"\"}]}")
        .post("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(422)
        .body("errors.field", hasItem("turns[0].role"))
        .body("errors.field", hasItem("turns[0].content"));
  }

  @Test
  void countsEveryElementOfTheMetadata() {
    refuse(
            client
                .request()
                .body(Map.of("metadata", Map.of("a", Collections.nCopies(100_000, ""))))
                .post("/v1/conversations"))
        .then()
        .statusCode(422);
  }

  @Test
  void refusesMoreTurnsThanOneRequestMayHold() {
    String id = client.createConversation();
    List<Map<String, String>> turns =
        Stream.generate(() -> Map.of("role", "user", "content", "x")).limit(10_000).toList();

    client
        .request()
        .body(Map.of("turns", turns))
        .post("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(422)
        .body("errors.field", hasItem("turns"));
  }

  @Test
  void refusesContentThatIsTooLong() {
    String id = client.createConversation();

    refuse(
        client
            .request()
            .body(Map.of("turns", List.of(Map.of("role", "user", "content", "x".repeat(40_000)))))
            .post("/v1/conversations/" + id + "/turns"));
  }

  @Test
  void keepsTheLongestContentOfTheOddestWords() {
    String id = client.createConversation();
    String oddest = ("\u200b\u202e" + "9^".repeat(900) + " ").repeat(19).substring(0, 32_768);

    client.append(id, Map.of("role", "user", "content", oddest)).statusCode(201);
    client.recall(id, Map.of("query", "9^".repeat(3000))).statusCode(200);
    client.recall(id, Map.of("query", "' OR 1=1 -- & | ! <-> :* \\")).statusCode(200);
  }

  @Test
  void answersInProblemsAlsoWhereThereIsNoEndpoint() {
    refuse(client.request().get("/v1/nothing")).then().statusCode(404);
    refuse(client.request().header("X-Request-Id", "r-1").put("/v1/conversations"))
        .then()
        .statusCode(405)
        .body("request_id", equalTo("r-1"));
    refuse(client.request().contentType("text/plain").body("x").post("/v1/conversations"))
        .then()
        .statusCode(415);
  }

  @Test
  void refusesARequestWithoutATenant() {
    io.restassured.RestAssured.given()
        .get("/v1/conversations")
        .then()
        .statusCode(401)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("context.tenant_missing"))
        .body("request_id", notNullValue());
  }

  @Test
  void refusesAnIdempotencyKeyThatIsNone() {
    refuse(
        client
            .request()
            .header("Idempotency-Key", "x".repeat(300))
            .body("{}")
            .post("/v1/conversations"));
  }

  private static Response refuse(Response answer) {
    int status = answer.statusCode();
    assertTrue(status >= 400 && status < 500, status + ": " + answer.asString());
    assertTrue(answer.contentType().startsWith("application/problem+json"), answer.contentType());
    answer.then().body("code", notNullValue()).body("request_id", notNullValue());
    return answer;
  }
}
