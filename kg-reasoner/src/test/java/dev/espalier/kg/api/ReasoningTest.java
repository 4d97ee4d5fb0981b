package dev.espalier.kg.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.core.graph.NamedTriple;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One small training serves all tests, which only read. */
@QuarkusTest
@TestProfile(PlainPostgres.class)
class ReasoningTest {

  private static final List<NamedTriple> FAMILY = new KinshipGenerator(60, 3, 7).triples();
  private static final int TEST = FAMILY.size() / 10;

  private static KgClient client;
  private static String kg;
  private static String model;
  private static String job;

  @BeforeEach
  void trainOnce() {
    if (client != null) {
      return;
    }
    client = KgClient.ofNewTenant();
    kg = client.createKg();
    client.addTsv(kg, "test", lines(FAMILY.subList(0, TEST))).statusCode(200);
    client.addTsv(kg, "valid", lines(FAMILY.subList(TEST, 2 * TEST))).statusCode(200);
    client.addTsv(kg, "train", lines(FAMILY.subList(2 * TEST, FAMILY.size()))).statusCode(200);
    job =
        post(
                "/v1/kgs/" + kg + "/models",
                Map.of(
                    "seed",
                    3,
                    "config",
                    Map.of(
                        "epochs",
                        2,
                        "layers",
                        3,
                        "queries_per_epoch",
                        200,
                        "validation_queries",
                        60)))
            .statusCode(202)
            .body("status", equalTo("queued"))
            .extract()
            .path("id");
    events(job, null);
    model = get("/v1/jobs/" + job).body("status", equalTo("succeeded")).extract().path("model");
  }

  @Test
  void answersWithWhatTheWalkFound() {
    NamedTriple asked = FAMILY.get(FAMILY.size() - 1);

    query(Map.of("head", asked.head(), "relation", asked.relation(), "k", 5))
        .statusCode(200)
        .body("answers", hasSize(5))
        .body("answers[0].rank", equalTo(1))
        .body("answers.probability", everyItem(lessThanOrEqualTo(1f)))
        .body("hops", hasSize(3))
        .body("hops[0].edges", greaterThan(0))
        .body("model", equalTo(model))
        .body("snapshot", equalTo(3))
        .body("coverage", equalTo(1f))
        .body("engine", equalTo("path"))
        .body("probabilities", equalTo("of_trained_graph"))
        .body("engine_reason", equalTo("model_covers_relation"))
        .body("rules", nullValue())
        .body("timing.total_ms", greaterThan(0f));
    query(Map.of("head", asked.head(), "relation", asked.relation(), "k", 1000))
        .body("answers.find { it.entity == '" + asked.tail() + "' }.known", equalTo(true));
    query(
            Map.of(
                "tail",
                asked.tail(),
                "relation",
                asked.relation(),
                "k",
                1000,
                "exclude_known",
                true))
        .body("answers.entity", not(hasItem(asked.head())))
        .body("answers.known", everyItem(equalTo(false)));
  }

  @Test
  void explainsAnswersByPathsAndMeasuresTheirFidelity() {
    NamedTriple asked = FAMILY.get(FAMILY.size() - 1);

    query(
            Map.of(
                "head", asked.head(),
                "relation", asked.relation(),
                "k", 10,
                "explain", Map.of("paths", 2, "fidelity", true)))
        .statusCode(200)
        .body("answers.every { it.paths.size() <= 2 }", equalTo(true))
        .body("answers.paths.flatten()[0].hops[0].relation", notNullValue())
        .body("answers.paths.flatten()[0].weight", greaterThan(0f))
        .body("timing.explain_ms", greaterThan(0f));
  }

  @Test
  void keepsABudgetOfEdgesAndSaysThatItIsIncomplete() {
    query(
            Map.of(
                "head", FAMILY.get(0).head(),
                "relation", "father",
                "budget", Map.of("edges", 10)))
        .statusCode(200)
        .body("complete", equalTo(false))
        .body("hops.edges.sum()", lessThanOrEqualTo(12));
  }

  @Test
  void judgesATripleWithoutLookingAtIt() {
    NamedTriple stated = FAMILY.get(FAMILY.size() - 1);

    post(
            path("verify"),
            Map.of("head", stated.head(), "relation", stated.relation(), "tail", stated.tail()))
        .statusCode(200)
        .body("known", equalTo(true))
        .body("probability", lessThanOrEqualTo(1f))
        .body("rank", greaterThan(0f))
        .body("counter_candidates.entity", not(hasItem(stated.tail())));
  }

  @Test
  void evaluatesWithThreeTieRulesACeilingAndAnInterval() {
    post(path("evaluate"), Map.of("split", "test", "sample", 20))
        .statusCode(200)
        .body("answers", equalTo(40))
        .body("triples", equalTo(20))
        .body("available", equalTo(TEST))
        .body("mean.mrr", greaterThan(0.1f))
        .body("mean.hits_at_10", notNullValue())
        .body("optimistic.mrr", greaterThan(0.1f))
        .body("pessimistic.mrr", greaterThan(0f))
        .body("ceiling", greaterThan(0.5f))
        .body("interval.low", lessThanOrEqualTo(1f))
        .body("latency.p95_ms", greaterThan(0f));
    NamedTriple stated = FAMILY.get(FAMILY.size() - 1);
    post(path("evaluate"), Map.of("triples", List.of(named(stated))))
        .statusCode(422)
        .body("code", equalTo("kg.triple_in_graph"));
    post(path("evaluate"), Map.of("triples", List.of(named(FAMILY.get(0)))))
        .body("answers", equalTo(2));
  }

  @Test
  void findsPathsShortestFirst() {
    NamedTriple stated = FAMILY.get(FAMILY.size() - 1);

    post(path("paths"), Map.of("from", stated.head(), "to", stated.tail(), "k", 5))
        .statusCode(200)
        .body("paths[0].length", equalTo(1))
        .body("paths[0].hops[0].head", notNullValue())
        .body("paths", hasSize(lessThanOrEqualTo(5)));
    post(path("paths"), Map.of("from", stated.head(), "to", stated.tail(), "max_edges", 1))
        .body("complete", equalTo(false));
  }

  @Test
  void cutsOutASubgraphWithinItsBudget() {
    String seed = FAMILY.get(FAMILY.size() - 1).head();

    post(path("subgraph"), Map.of("seeds", List.of(seed), "max_triples", 7))
        .statusCode(200)
        .body("triples", hasSize(7))
        .body("complete", equalTo(false));
    post(path("subgraph"), Map.of("seeds", List.of(seed), "max_tokens", 60, "format", "text"))
        .body("tokens", lessThanOrEqualTo(60))
        .body("text", containsString(seed));
    post(path("subgraph"), Map.of("seeds", List.of(seed), "max_triples", 2, "format", "ntriples"))
        .body("text", containsString("<urn:espalier:name:"));
    post(path("subgraph"), Map.of("seeds", List.of(seed), "max_tokens", 1))
        .body("triples", hasSize(0))
        .body("complete", equalTo(false));
  }

  @Test
  void asksAnotherGraphWithTheSameRelations() {
    List<NamedTriple> others = new KinshipGenerator(60, 4, 11).triples();
    String other = client.createKg();
    String[] lines =
        Arrays.stream(lines(others))
            .map(line -> "x" + line.replace("\tp", "\txp"))
            .toArray(String[]::new);
    client.addTsv(other, "train", lines).statusCode(200);
    client.addTsv(other, "train", "a\tnew relation\tb").statusCode(200);
    String head = lines[0].split("\t")[0];

    post(
            "/v1/kgs/" + other + "/query",
            Map.of("head", head, "relation", lines[0].split("\t")[1], "engine", "path"))
        .statusCode(409)
        .body("code", equalTo("kg.no_model"));
    post(
            "/v1/kgs/" + other + "/query",
            Map.of("head", head, "relation", lines[0].split("\t")[1], "model", model))
        .statusCode(200)
        .body("coverage", lessThanOrEqualTo(0.9999f))
        .body("probabilities", equalTo("of_trained_graph"));
    post(
            "/v1/kgs/" + other + "/query",
            Map.of("head", head, "relation", "new relation", "model", model))
        .statusCode(422)
        .body("code", equalTo("kg.relation_not_covered"));
  }

  @Test
  void fitsProbabilitiesOnTheValidationTriplesOfTheGraphThatIsAsked() {
    String[] others = lines(new KinshipGenerator(60, 4, 11).triples());
    String other = client.createKg();
    int held = others.length / 10;
    client.addTsv(other, "valid", Arrays.copyOf(others, held)).statusCode(200);
    client.addTsv(other, "train", Arrays.copyOfRange(others, held, others.length)).statusCode(200);
    String[] asked = others[0].split("\t");
    Map<String, Object> triple =
        Map.of("head", asked[0], "relation", asked[1], "tail", asked[2], "model", model);

    post(
            "/v1/kgs/" + other + "/query",
            Map.of("head", asked[0], "relation", asked[1], "model", model))
        .statusCode(200)
        .body("probabilities", equalTo("of_asked_graph"))
        .body("answers.probability", everyItem(lessThanOrEqualTo(1f)));
    float own =
        post("/v1/kgs/" + other + "/verify", triple)
            .body("probabilities", equalTo("of_asked_graph"))
            .extract()
            .path("probability");
    post("/v1/kgs/" + other + "/verify", triple).body("probability", equalTo(own));
  }

  @Test
  void saysWhatItDoesNotKnow() {
    query(Map.of("head", "nobody", "relation", "father"))
        .statusCode(422)
        .body("code", equalTo("kg.entity_not_found"))
        .body("entity", equalTo("nobody"));
    query(Map.of("head", FAMILY.get(0).head(), "relation", "owes"))
        .statusCode(422)
        .body("code", equalTo("kg.relation_not_found"));
    query(
            Map.of(
                "head",
                FAMILY.get(0).head(),
                "relation",
                "father",
                "model",
                UUID.randomUUID().toString()))
        .statusCode(404)
        .body("code", equalTo("kg.model_not_found"));
    post("/v1/kgs/" + UUID.randomUUID() + "/query", Map.of("head", "a", "relation", "b"))
        .statusCode(404)
        .body("code", equalTo("kg.not_found"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"relation\": \"father\"}",
        "{\"head\": \"a\", \"tail\": \"b\", \"relation\": \"r\"}",
        "{\"head\": \"a\", \"relation\": \"r\", \"k\": 0}",
        "{\"head\": \"a\", \"relation\": \"r\", \"k\": 1e9}",
        "{\"head\": \"a\", \"relation\": \"r\", \"budget\": {\"ms\": -1}}",
        "{\"head\": 7, \"relation\": \"r\"}",
        "{\"head\": \"a\", \"relation\": \"r\", \"unknown\": 1}",
        "{\"head\": \"a\", \"relation\": \"r\", \"model\": \"x\"}",
        "{\"head\": \"a\", \"relation\": \"r\", \"engine\": \"magic\"}",
        "{\"head\": \"a\", \"relation\": \"r\", \"engine\": \"rules\","
            + " \"model\": \"3c3ac9a0-0f6a-4a6c-9d40-2f3f6b1f1e0a\"}"
      })
  void refusesBadQuestions(String body) {
    int status =
        client.request().contentType(ContentType.JSON).body(body).post(path("query")).statusCode();
    assertTrue(status >= 400 && status < 500, () -> status + " for " + body);
  }

  @Test
  void keepsAModelWithItsProvenanceAndGivesItsArtefact() {
    get("/v1/models/" + model)
        .statusCode(200)
        .body("kg", equalTo(kg))
        .body("origin", equalTo("trained"))
        .body("provenance.seed", equalTo(3))
        .body("provenance.graph_hash", notNullValue())
        .body("metrics.test.mean.mrr", greaterThan(0f))
        .body("metrics.valid.ceiling", greaterThan(0f));
    get("/v1/models?kg=" + kg).body("models.id", equalTo(List.of(model)));
    byte[] artefact =
        get("/v1/models/" + model + "/artefact").statusCode(200).extract().asByteArray();

    String imported =
        client
            .request()
            .contentType("application/octet-stream")
            .body(artefact)
            .post("/v1/models?name=copy")
            .then()
            .statusCode(201)
            .body("origin", equalTo("imported"))
            .body("name", equalTo("copy"))
            .extract()
            .path("id");
    NamedTriple asked = FAMILY.get(0);
    Map<String, Object> question = Map.of("head", asked.head(), "relation", asked.relation());
    Map<String, Object> toCopy = new HashMap<>(question);
    toCopy.put("model", imported);
    float score = query(question).extract().path("answers[0].score");
    assertEquals(score, (float) query(toCopy).extract().path("answers[0].score"));
    client.request().delete("/v1/models/" + imported).then().statusCode(204);
    get("/v1/models/" + imported).statusCode(404);

    artefact[9] ^= 1;
    for (byte[] bad : List.of(artefact, new byte[0], new byte[100], Arrays.copyOf(artefact, 500))) {
      client
          .request()
          .contentType("application/octet-stream")
          .body(bad)
          .post("/v1/models")
          .then()
          .statusCode(400)
          .body("code", equalTo("kg.malformed_artefact"));
    }
  }

  @Test
  void tellsHowATrainingWent() {
    String all = events(job, null);
    assertTrue(all.contains("event:queued") && all.contains("event:epoch"), all);
    assertTrue(all.contains("validation_mrr"), all);
    assertTrue(all.strip().contains("event:succeeded"), all);
    assertTrue(!events(job, "2").contains("event:queued"));
    get("/v1/jobs/" + job)
        .body("progress.epoch", equalTo(2))
        .body("progress.validation_mrr", greaterThan(0f))
        .body("seed", equalTo(3));
    client
        .request()
        .post("/v1/jobs/" + job + "/cancel")
        .then()
        .statusCode(409)
        .body("code", equalTo("kg.job_finished"));
  }

  @Test
  void refusesTrainingsThatCannotBe() {
    post("/v1/kgs/" + client.createKg() + "/models", Map.of())
        .statusCode(409)
        .body("code", equalTo("kg.graph_empty"));
    post("/v1/kgs/" + kg + "/models", Map.of("config", Map.of("layers", 99)))
        .statusCode(422)
        .body("code", equalTo("kg.invalid_config"))
        .body("detail", containsString("config.layers"));
    post("/v1/kgs/" + kg + "/models", Map.of("config", Map.of("without", List.of("x"))))
        .statusCode(422);
  }

  @Test
  void cancelsATraining() {
    String long_ =
        post(
                "/v1/kgs/" + kg + "/models",
                Map.of("config", Map.of("epochs", 10000, "patience", 10000)))
            .extract()
            .path("id");

    client
        .request()
        .post("/v1/jobs/" + long_ + "/cancel")
        .then()
        .statusCode(200)
        .body("status", equalTo("cancelled"));
    client.request().post("/v1/jobs/" + long_ + "/cancel").then().statusCode(200);
    assertTrue(events(long_, null).contains("event:cancelled"));
  }

  @Test
  void anotherTenantSeesNeitherModelNorJob() {
    KgClient stranger = KgClient.ofNewTenant();
    for (String path :
        List.of(
            "/v1/models/" + model,
            "/v1/models/" + model + "/artefact",
            "/v1/jobs/" + job,
            "/v1/jobs/" + job + "/events")) {
      stranger.request().get(path).then().statusCode(404);
    }
    stranger.request().delete("/v1/models/" + model).then().statusCode(404);
    stranger.request().post("/v1/jobs/" + job + "/cancel").then().statusCode(404);
    stranger.request().get("/v1/models").then().body("models", hasSize(0));
    for (String path : List.of("query", "verify", "paths", "subgraph", "evaluate", "models")) {
      int status =
          stranger
              .request()
              .contentType(ContentType.JSON)
              .body(bodyOf(path))
              .post(path(path))
              .statusCode();
      assertEquals(404, status, path);
    }
  }

  private static Map<String, Object> bodyOf(String path) {
    return switch (path) {
      case "verify" -> Map.of("head", "a", "relation", "r", "tail", "b");
      case "paths" -> Map.of("from", "a", "to", "b");
      case "subgraph" -> Map.of("seeds", List.of("a"));
      case "evaluate" -> Map.of("split", "test");
      case "models" -> Map.of();
      default -> Map.of("head", "a", "relation", "r");
    };
  }

  private static ValidatableResponse query(Map<String, ?> question) {
    return post(path("query"), question);
  }

  private static String path(String last) {
    return "/v1/kgs/" + kg + "/" + last;
  }

  private static ValidatableResponse post(String path, Object body) {
    return client.request().contentType(ContentType.JSON).body(body).post(path).then();
  }

  private static ValidatableResponse get(String path) {
    return client.request().get(path).then();
  }

  /** All events until the stream ends. */
  private static String events(String id, String after) {
    var request = client.request();
    if (after != null) {
      request = request.header("Last-Event-ID", after);
    }
    return request.get("/v1/jobs/" + id + "/events").then().statusCode(200).extract().asString();
  }

  private static Map<String, String> named(NamedTriple t) {
    return Map.of("head", t.head(), "relation", t.relation(), "tail", t.tail());
  }

  private static String[] lines(List<NamedTriple> triples) {
    return triples.stream()
        .map(t -> t.head() + "\t" + t.relation() + "\t" + t.tail())
        .toArray(String[]::new);
  }
}
