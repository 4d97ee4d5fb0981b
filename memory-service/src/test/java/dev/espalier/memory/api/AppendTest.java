package dev.espalier.memory.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class AppendTest {

  private final MemoryClient client = MemoryClient.ofNewTenant();

  @Test
  void numbersTurnsWithoutGaps() {
    String id = client.createConversation();

    append(id, Map.of("turns", List.of(turn("one"), turn("two"))))
        .then()
        .statusCode(201)
        .body("first_seq", equalTo(1))
        .body("last_seq", equalTo(2))
        .body("seqs", contains(1, 2))
        .body("index.last_seq", equalTo(2));
    append(id, Map.of("turns", List.of(turn("three")))).then().body("first_seq", equalTo(3));
  }

  @Test
  void givesBackWhatWasAppended() {
    String id = client.createConversation();
    client.append(
        id,
        Map.of(
            "role", "assistant",
            "speaker", "Bo",
            "content", "Ünïcode 🌳, \"quotes\" and\nlines",
            "occurred_at", "2024-05-01T10:00:00+02:00",
            "client_turn_id", "c-1",
            "metadata", Map.of("n", 1, "list", List.of(1, "two"))));

    client
        .request()
        .get("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(200)
        .body("turns[0].role", equalTo("assistant"))
        .body("turns[0].speaker", equalTo("Bo"))
        .body("turns[0].content", equalTo("Ünïcode 🌳, \"quotes\" and\nlines"))
        .body("turns[0].occurred_at", equalTo("2024-05-01T08:00:00Z"))
        .body("turns[0].client_turn_id", equalTo("c-1"))
        .body("turns[0].metadata.list", contains(1, "two"))
        .body("next_after_seq", nullValue());
  }

  @Test
  void keepsTimesOfAnyCalendar() {
    String id = client.createConversation();
    for (String time :
        List.of("0001-01-01T00:00:00Z", "1500-02-28T12:00:00Z", "9999-12-31T00:00:00Z")) {
      client.append(id, Map.of("role", "user", "content", "x", "occurred_at", time));
    }

    client
        .request()
        .get("/v1/conversations/" + id + "/turns")
        .then()
        .body(
            "turns.occurred_at",
            contains("0001-01-01T00:00:00Z", "1500-02-28T12:00:00Z", "9999-12-31T00:00:00Z"));
    client
        .recall(
            id, Map.of("query", "x", "filter", Map.of("occurred_before", "0001-01-01T00:00:01Z")))
        .body("hits.seq", contains(1));
  }

  @Test
  void answersAWaitBeforeTheDeadline() {
    String id = client.createConversation();

    client
        .request()
        .header("Prefer", "wait=30")
        .header("X-Espalier-Timeout-Ms", "1300")
        .body(Map.of("turns", Collections.nCopies(300, turn("a turn that takes its time"))))
        .post("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(201)
        .body("last_seq", equalTo(300));
  }

  @Test
  void readsTurnsPageByPage() {
    String id = client.createConversation();
    append(id, Map.of("turns", List.of(turn("one"), turn("two"), turn("three"))));
    String path = "/v1/conversations/" + id + "/turns";

    client
        .request()
        .get(path + "?limit=2")
        .then()
        .body("turns.seq", contains(1, 2))
        .body("next_after_seq", equalTo(2));
    client
        .request()
        .get(path + "?limit=2&after_seq=2")
        .then()
        .body("turns.seq", contains(3))
        .body("next_after_seq", nullValue());
  }

  @Test
  void tellsTheLaterOfTwoWritersWhereTheConversationIs() {
    String id = client.createConversation();
    append(id, Map.of("turns", List.of(turn("one")), "expected_seq", 0)).then().statusCode(201);

    append(id, Map.of("turns", List.of(turn("two")), "expected_seq", 0))
        .then()
        .statusCode(409)
        .body("code", equalTo("memory.sequence_conflict"))
        .body("current_seq", equalTo(1));
    append(id, Map.of("turns", List.of(turn("two")), "expected_seq", 1)).then().statusCode(201);
  }

  @Test
  void storesATurnWithAClientIdOnce() {
    String id = client.createConversation();
    Map<String, Object> first = Map.of("role", "user", "content", "one", "client_turn_id", "a");
    append(id, Map.of("turns", List.of(first)));

    append(id, Map.of("turns", List.of(first, turn("two")), "expected_seq", 1))
        .then()
        .statusCode(201)
        .body("seqs", contains(1, 2));
    append(id, Map.of("turns", List.of(first), "expected_seq", 0))
        .then()
        .statusCode(201)
        .body("seqs", contains(1));
    append(
            id,
            Map.of(
                "turns",
                List.of(Map.of("role", "user", "content", "other", "client_turn_id", "a"))))
        .then()
        .statusCode(409)
        .body("code", equalTo("memory.client_turn_conflict"))
        .body("seq", equalTo(1));
  }

  @Test
  void losesNoUpdateOf32ConcurrentWriters() throws Exception {
    String id = client.createConversation();
    int writers = 32;
    int each = 5;

    List<Response> answers =
        inParallel(writers * each, i -> append(id, Map.of("turns", List.of(turn("turn " + i)))));

    Set<Long> seqs = new HashSet<>();
    answers.forEach(
        a -> seqs.add(a.then().statusCode(201).extract().jsonPath().getLong("last_seq")));
    assertEquals(
        LongStream.rangeClosed(1, writers * each).boxed().toList(),
        seqs.stream().sorted().toList());
    List<String> contents =
        client
            .request()
            .get("/v1/conversations/" + id + "/turns?limit=1000")
            .jsonPath()
            .getList("turns.content");
    assertEquals(writers * each, new HashSet<>(contents).size());
  }

  @Test
  void givesOneEffectAndOneBodyToAKeySent100TimesAtOnce() throws Exception {
    String id = client.createConversation();

    List<Response> answers =
        inParallel(
            100,
            i ->
                client
                    .request()
                    .header("Idempotency-Key", "once")
                    .body(Map.of("turns", List.of(turn("only one"))))
                    .post("/v1/conversations/" + id + "/turns"));

    assertEquals(
        1,
        answers.stream()
            .map(a -> a.then().statusCode(201).extract().asString())
            .distinct()
            .count());
    client.request().get("/v1/conversations/" + id + "/turns").then().body("turns", hasSize(1));
  }

  @Test
  void refusesAKeyThatComesBackWithAnotherRequest() {
    String id = client.createConversation();
    var request = client.request().header("Idempotency-Key", "k");
    request.body(Map.of("turns", List.of(turn("a")))).post("/v1/conversations/" + id + "/turns");

    client
        .request()
        .header("Idempotency-Key", "k")
        .body(Map.of("turns", List.of(turn("b"))))
        .post("/v1/conversations/" + id + "/turns")
        .then()
        .statusCode(422)
        .body("code", equalTo("memory.idempotency_key_reused"));
  }

  @Test
  void tryAgainAfterARefusalIsANewRequest() {
    String id = client.createConversation();
    append(id, Map.of("turns", List.of(turn("one"))));
    Map<String, Object> late = Map.of("turns", List.of(turn("two")), "expected_seq", 2);
    String path = "/v1/conversations/" + id + "/turns";
    client.request().header("Idempotency-Key", "k").body(late).post(path).then().statusCode(409);
    append(id, Map.of("turns", List.of(turn("two"))));

    client.request().header("Idempotency-Key", "k").body(late).post(path).then().statusCode(201);
  }

  @Test
  void listsConversationsNewestFirstInPages() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> client.createConversation()).toList();

    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      var page =
          client
              .request()
              .get("/v1/conversations?limit=2" + cursor)
              .then()
              .statusCode(200)
              .extract();
      listed.addAll(page.jsonPath().getList("conversations.id"));
      String next = page.path("next_cursor");
      cursor = next == null ? null : "&cursor=" + next;
    } while (cursor != null);

    List<String> expected = new ArrayList<>(ids);
    Collections.reverse(expected);
    assertEquals(expected, listed);
  }

  @Test
  void changesOnlyTheMembersThatAreSent() {
    String id =
        client
            .request()
            .body(Map.of("title", "Trip", "subject", "ana", "metadata", Map.of("a", 1)))
            .post("/v1/conversations")
            .path("id");
    String path = "/v1/conversations/" + id;

    client
        .request()
        .body("{\"title\": null}")
        .patch(path)
        .then()
        .statusCode(200)
        .body("title", nullValue())
        .body("subject", equalTo("ana"))
        .body("metadata.a", equalTo(1))
        .body("version", greaterThan(0));
    client
        .request()
        .header("If-Match", "\"0\"")
        .body("{\"title\": \"Late\"}")
        .patch(path)
        .then()
        .statusCode(412)
        .body("code", equalTo("memory.version_conflict"))
        .body("current_version", not(equalTo(0)));
    client
        .request()
        .get("/v1/conversations?subject=ana")
        .then()
        .body("conversations.id", contains(id));
  }

  private Response append(String id, Map<String, ?> body) {
    return client.request().body(body).post("/v1/conversations/" + id + "/turns");
  }

  private static Map<String, Object> turn(String content) {
    return Map.of("role", "user", "content", content);
  }

  private static <T> List<T> inParallel(int times, IntFunction<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int n = i;
        calls.add(() -> call.apply(n));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
