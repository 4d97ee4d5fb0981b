package dev.espalier.equivalence.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedLlm;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ScriptedJudge.class)
class EquivalenceApiTest {

  private static final String PROBLEM = "Ann has 4 boxes with 12 pencils each and a long table.";

  ScriptedLlm llm;

  @Test
  void groupsStepsThatSayTheSame() {
    post(
            "groups",
            Map.of(
                "problem",
                PROBLEM,
                "steps",
                List.of(
                    Map.of("id", "a", "text", "Ann has 4*12 = 48 pencils.", "multiplicity", 2),
                    Map.of(
                        "id", "b", "text", "There are 12 x 4 = 48 pencils", "log_probability", -1),
                    Map.of("id", "c", "text", "Ann has 4+12 = 16 pencils."))))
        .statusCode(200)
        .body("groups", hasSize(2))
        .body("groups[0].members", contains("a", "b"))
        .body("groups[0].multiplicity", equalTo(3))
        .body("groups[0].evidence[0].equivalent", equalTo(true))
        .body("groups[0].evidence[0].tier", equalTo("claims"))
        .body("detector.name", equalTo("espalier-equivalence"))
        .body("degraded", equalTo(false))
        .body("usage.judge_calls", equalTo(0));
  }

  @Test
  void decidesPairsWithTheirEvidence() {
    post(
            "pairs",
            Map.of(
                "pairs",
                List.of(
                    Map.of("id", "x", "a", "So $x=3$.", "b", "Therefore, $x = 3$"),
                    Map.of("a", "There are 90 girls.", "b", "There are 90 boys."))))
        .statusCode(200)
        .body("results[0].id", equalTo("x"))
        .body("results[0].equivalent", equalTo(true))
        .body("results[1].id", equalTo("1"))
        .body("results[1].equivalent", equalTo(false))
        .body("results[1].tier", equalTo("veto"))
        .body("results[1].evidence.reason", equalTo("other_unit"));
  }

  @Test
  void showsItsProvenanceAndQuality() {
    request()
        .get("/v1/equivalence/detector")
        .then()
        .statusCode(200)
        .body("provenance.pairs.sha256", not(equalTo(null)))
        .body("measured.at_default.precision.value", greaterThan(0.9f));
  }

  @Test
  void refusesMoreThanItsLimitsWithACode() {
    post("groups", Map.of("steps", steps(257)))
        .statusCode(413)
        .body("code", equalTo("equivalence.too_many_steps"));
    post("pairs", Map.of("pairs", pairs(1_001)))
        .statusCode(413)
        .body("code", equalTo("equivalence.too_many_pairs"));
    post("pairs", Map.of("pairs", List.of(Map.of("a", "x".repeat(1_000_000), "b", "y"))))
        .statusCode(422)
        .body("code", equalTo("equivalence.step_too_long"))
        .body("field", equalTo("pairs[0].a"));
    post(
            "groups",
            Map.of(
                "steps", List.of(Map.of("id", "a", "text", "x"), Map.of("id", "a", "text", "y"))))
        .statusCode(422)
        .body("code", equalTo("equivalence.duplicate_id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"steps\": []}",
        "{\"steps\": null}",
        "{\"steps\": [null]}",
        "{\"steps\": [{\"id\": \"a\"}]}",
        "{\"steps\": [{\"id\": \"a\", \"text\": 7}]}",
        "{\"steps\": [{\"id\": \"../x\", \"text\": \"y\"}]}",
        "{\"steps\": [{\"id\": \"a\", \"text\": \"y\", \"multiplicity\": 0}]}",
        "{\"steps\": [{\"id\": \"a\", \"text\": \"y\", \"multiplicity\": \"2\"}]}",
        "{\"steps\": [{\"id\": \"a\", \"text\": \"y\", \"log_probability\": 1e999}]}",
        "{\"steps\": [{\"id\": \"a\", \"text\": \"y\"}], \"threshold\": 2}",
        "{\"steps\": [{\"id\": \"a\", \"text\": \"y\"}], \"unknown\": 2}",
        "{\"steps\": [{\"id\": \"a\", \"id\": \"b\", \"text\": \"y\"}]}",
        "{\"steps\": [{\"id\": \"a\", \"text\": \"y\"}]} trailing"
      })
  void refusesWhatItCannotReadWithA4xx(String body) {
    request()
        .body(body)
        .post("/v1/equivalence/groups")
        .then()
        .statusCode(greaterThan(399))
        .statusCode(lessThan(500))
        .body("code", containsString("."));
  }

  @Test
  void answersHostileTextWithoutA5xx() {
    for (String text :
        List.of(
            "9^9^9^9",
            "{".repeat(8_000),
            "$" + "(x+y)^{24}".repeat(400) + "$",
            "\u0000\u200b",
            "1".repeat(8_000),
            "\ud83d\ude00 苹果 Яблоко",
            "\\frac".repeat(1_500))) {
      post("pairs", Map.of("pairs", List.of(Map.of("a", text, "b", "2+2=4", "problem", text))))
          .statusCode(200);
    }
    request()
        .body("{\"pairs\":[{\"a\":\"\\ud800\",\"b\":\"\\udfff 1\"}]}")
        .post("/v1/equivalence/pairs")
        .then()
        .statusCode(200);
  }

  @Test
  void needsATenant() {
    given()
        .contentType("application/json")
        .body(Map.of("pairs", pairs(1)))
        .post("/v1/equivalence/pairs")
        .then()
        .statusCode(401);
  }

  @Test
  void asksTheJudgeOnceAndReportsItsTokens() {
    int before = llm.server().requests().size();
    llm.answer("{\"levels\": [5]}");

    post("groups", undecided(true))
        .statusCode(200)
        .body("groups", hasSize(1))
        .body("groups[0].evidence[0].tier", equalTo("judge"))
        .body("usage.judge_calls", equalTo(1))
        .body("usage.prompt_tokens", greaterThan(0))
        .body("degraded", equalTo(false));

    List<ReceivedRequest> asked = llm.server().requests();
    assertEquals(before + 1, asked.size());
    assertEquals(
        "Bearer secret-of-the-judge", asked.get(before).header("authorization").orElseThrow());
    assertEquals("test", asked.get(before).header("X-Espalier-Tenant").orElseThrow());
  }

  @Test
  void saysSoWhenTheJudgeGivesNoUsableAnswer() {
    llm.answer("I would rather not say.");

    post("groups", undecided(true))
        .statusCode(200)
        .body("groups", hasSize(2))
        .body("degraded", equalTo(true))
        .body("degraded_reason", equalTo("judge_malformed"))
        .body("usage.judge_calls", equalTo(1));
  }

  @Test
  void saysSoWhenTheJudgeDoesNotAnswer() {
    llm.server().reply(Reply.never(), Reply.never());

    post("groups", undecided(true))
        .statusCode(200)
        .body("groups", hasSize(2))
        .body("degraded_reason", equalTo("judge_unavailable"));
  }

  @Test
  void recoversFromAJudgeThatFailsOnce() {
    llm.server().reply(Reply.status(503));
    llm.answer("[1]");

    post("groups", undecided(true))
        .statusCode(200)
        .body("groups", hasSize(2))
        .body("degraded", equalTo(false));
  }

  @Test
  void keepsUndecidedStepsApartWithoutTheJudge() {
    post("groups", undecided(false)).statusCode(200).body("groups", hasSize(2));
  }

  @Test
  void countsPairsByTier() {
    post("pairs", Map.of("pairs", pairs(3))).statusCode(200);

    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("equivalence_pairs_total{equivalent="))
        .body(containsString("equivalence_time_seconds"));
  }

  private static Map<String, Object> undecided(boolean judge) {
    return Map.of(
        "problem",
        PROBLEM,
        "judge",
        judge,
        "threshold",
        0.99,
        "steps",
        List.of(
            Map.of("id", "a", "text", "The pencils can be laid out in rows on the table."),
            Map.of("id", "b", "text", "We can lay the pencils out in rows on the table.")));
  }

  private static ValidatableResponse post(String path, Object body) {
    return request().body(body).post("/v1/equivalence/" + path).then();
  }

  private static RequestSpecification request() {
    return given().contentType("application/json").header("X-Espalier-Tenant", "test");
  }

  private static List<Map<String, Object>> steps(int count) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(new HashMap<>(Map.of("id", "s" + i, "text", i + " + 1 = " + (i + 1))));
    }
    return steps;
  }

  private static List<Map<String, Object>> pairs(int count) {
    List<Map<String, Object>> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(Map.of("a", i + " + 1 = " + (i + 1), "b", "1 + " + i + " = " + (i + 1)));
    }
    return pairs;
  }
}
