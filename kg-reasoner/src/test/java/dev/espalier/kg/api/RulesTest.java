package dev.espalier.kg.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions to a graph that nobody trained on. */
@QuarkusTest
@TestProfile(PlainPostgres.class)
class RulesTest {

  private static KgClient client;
  private static String kg;

  /** Grandparents are parents of parents; for four children nobody stated it. */
  @BeforeEach
  void uploadOnce() {
    if (client != null) {
      return;
    }
    client = KgClient.ofNewTenant();
    kg = client.createKg();
    client.addTsv(kg, "train", families(4)).statusCode(200);
  }

  @Test
  void answersWithoutTrainingAndSaysWhy() {
    ask(question("child0"))
        .statusCode(200)
        .body("engine", equalTo("rules"))
        .body("engine_reason", equalTo("no_model"))
        .body("rules", greaterThan(0))
        .body("answers.entity", contains("old0"))
        .body("answers[0].known", equalTo(false))
        .body("answers[0].rank", equalTo(1))
        .body("answers[0].probability", equalTo(0.8f))
        .body("hops", hasSize(2))
        .body("complete", equalTo(true))
        .body("budget_met", equalTo(true))
        .body("model", nullValue())
        .body("coverage", nullValue());
    ask(Map.of("tail", "old0", "relation", "grandparent"))
        .body("answers.entity", contains("child0"));
  }

  @Test
  void explainsAnswersByTheWaysOfItsRules() {
    Map<String, Object> question = question("child0");
    question.put("explain", Map.of("paths", 3, "fidelity", true));

    ask(question)
        .statusCode(200)
        .body("answers[0].paths", hasSize(1))
        .body("answers[0].paths[0].weight", equalTo(0.8f))
        .body("answers[0].paths[0].hops.head", contains("child0", "middle0"))
        .body("answers[0].paths[0].hops.relation", contains("parent", "parent"))
        .body("answers[0].paths[0].hops.tail", contains("middle0", "old0"))
        .body("answers[0].fidelity.changed", equalTo(true));
  }

  @Test
  void leavesOutWhatIsKnownWhenAsked() {
    Map<String, Object> question = question("child9");
    ask(question).body("answers.entity", contains("old9")).body("answers.known", contains(true));

    question.put("exclude_known", true);

    ask(question).statusCode(200).body("answers", hasSize(0));
  }

  @Test
  void keepsABudgetOfEdgesAndSaysThatItIsIncomplete() {
    Map<String, Object> question = question("child0");
    question.put("budget", Map.of("edges", 1));

    ask(question)
        .statusCode(200)
        .body("complete", equalTo(false))
        .body("budget_met", equalTo(false))
        .body("hops.edges.sum()", lessThanOrEqualTo(1));
  }

  @Test
  void anEntityWithManyEdgesIsAskedWithinItsLimits() {
    String hub = client.createKg();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 8_000; i++) {
      lines.add("member" + i + "\tbelongs\thub");
      lines.add("member" + i + "\ttwin\ttwin" + i);
      lines.add("twin" + i + "\tbelongs\thub");
    }
    client.addTsv(hub, "train", lines.toArray(String[]::new)).statusCode(200);

    ask(hub, Map.of("tail", "hub", "relation", "belongs", "k", 5))
        .statusCode(200)
        .body("answers", hasSize(5))
        .body("complete", equalTo(false))
        .body("hops.capped.any()", equalTo(true));
    ask(hub, Map.of("tail", "hub", "relation", "belongs", "budget", Map.of("edges", 1000)))
        .statusCode(200)
        .body("hops.edges.sum()", lessThanOrEqualTo(1000));
  }

  @Test
  void aRelationWithoutRulesHasNoAnswers() {
    String small = client.createKg();
    client.addTsv(small, "train", "a\tlikes\tb").statusCode(200);

    ask(small, Map.of("head", "a", "relation", "likes"))
        .statusCode(200)
        .body("rules", equalTo(0))
        .body("answers", hasSize(0));
  }

  @Test
  void aChangedGraphIsMinedAnew() {
    String changing = client.createKg();
    client.addTsv(changing, "train", families(40)).statusCode(200);
    ask(changing, question("child0")).body("rules", equalTo(0));

    client.addTsv(changing, "train", families(4)).statusCode(200);

    ask(changing, question("child0")).body("answers.entity", contains("old0"));
  }

  @Test
  void saysWhatItDoesNotKnow() {
    ask(Map.of("head", "child0", "relation", "owes", "engine", "rules"))
        .statusCode(422)
        .body("code", equalTo("kg.relation_not_found"));
    ask(Map.of("head", "nobody", "relation", "parent", "engine", "rules"))
        .statusCode(422)
        .body("code", equalTo("kg.entity_not_found"));
    Map<String, Object> byModel = question("child0");
    byModel.put("engine", "path");
    ask(byModel).statusCode(409).body("code", equalTo("kg.no_model"));
  }

  @Test
  void anotherTenantGetsNoAnswer() {
    KgClient stranger = KgClient.ofNewTenant();
    ask(question("child0")).statusCode(200);

    stranger
        .request()
        .contentType(ContentType.JSON)
        .body(question("child0"))
        .post("/v1/kgs/" + kg + "/query")
        .then()
        .statusCode(404)
        .body("code", equalTo("kg.not_found"));
  }

  @Test
  void aModelAnswersWhatItKnowsAndRulesTheRest() {
    String trained = client.createKg();
    client.addTsv(trained, "train", families(4)).statusCode(200);
    String job =
        client
            .request()
            .contentType(ContentType.JSON)
            .body(Map.of("seed", 1, "config", Map.of("epochs", 1, "layers", 2)))
            .post("/v1/kgs/" + trained + "/models")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    String events = client.request().get("/v1/jobs/" + job + "/events").then().extract().asString();
    assertTrue(events.contains("event:succeeded"), events);
    client
        .addTsv(trained, "train", "child0\tstep parent\tmiddle0", "child1\tstep parent\tmiddle1")
        .statusCode(200);

    ask(trained, question("child0"))
        .body("engine", equalTo("path"))
        .body("engine_reason", equalTo("model_covers_relation"));
    ask(trained, Map.of("head", "child2", "relation", "step parent"))
        .body("engine", equalTo("rules"))
        .body("engine_reason", equalTo("relation_not_covered"))
        .body("answers.entity", everyItem(equalTo("middle2")));
    Map<String, Object> byRules = question("child0");
    byRules.put("engine", "rules");
    ask(trained, byRules)
        .body("engine_reason", equalTo("requested"))
        .body("answers.entity", contains("old0"));
    ask(trained, Map.of("head", "child2", "relation", "step parent", "engine", "path"))
        .statusCode(422)
        .body("code", equalTo("kg.relation_not_covered"));
  }

  private static Map<String, Object> question(String head) {
    Map<String, Object> question = new HashMap<>();
    question.put("head", head);
    question.put("relation", "grandparent");
    return question;
  }

  private static ValidatableResponse ask(Map<String, ?> question) {
    return ask(kg, question);
  }

  private static ValidatableResponse ask(String graph, Map<String, ?> question) {
    return client
        .request()
        .contentType(ContentType.JSON)
        .body(question)
        .post("/v1/kgs/" + graph + "/query")
        .then();
  }

  /** Of 40 families, all but the first few state who is a grandparent. */
  private static String[] families(int unstated) {
    List<String> lines = new ArrayList<>(List.of("x\tgrandparent\ty"));
    for (int i = 0; i < 40; i++) {
      lines.add("child" + i + "\tparent\tmiddle" + i);
      lines.add("middle" + i + "\tparent\told" + i);
      if (i >= unstated) {
        lines.add("child" + i + "\tgrandparent\told" + i);
      }
    }
    return lines.toArray(String[]::new);
  }
}
