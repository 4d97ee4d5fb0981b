package dev.espalier.gateway.upstream.llm;

import static dev.espalier.gateway.upstream.llm.ModelsUnderTest.call;
import static dev.espalier.gateway.upstream.llm.ModelsUnderTest.chat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.upstream.llm.ModelsUnderTest.Setup;
import dev.espalier.gateway.upstream.llm.ModelsUnderTest.Streamed;
import dev.espalier.protocol.Problem;
import dev.espalier.testkit.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersOfModelsTest {

  private final ModelsUnderTest models = new ModelsUnderTest();
  private final Setup setup = new Setup();

  @AfterEach
  void close() {
    models.close();
  }

  /** What no client could make sense of. */
  private static List<String> malformed() {
    List<String> bodies = new ArrayList<>();
    for (String text :
        List.of(
            "",
            " ",
            "null",
            "true",
            "1",
            "NaN",
            "\"text\"",
            "[]",
            "[{}]",
            "{",
            "{}",
            "}",
            "{\"a\":}",
            "<html>busy</html>",
            "Sure! Here is the JSON: {\"choices\": []}",
            "```json\n{}\n```",
            "<think>hm</think>",
            "data: {}",
            "\u0000",
            "{\"choices\"",
            "{\"choices\":[",
            "undefined",
            "{'choices': []}",
            "{\"choices\": [],}",
            "// no\n{}",
            "\uFEFF{}",
            "{\"usage\":{}}")) {
      bodies.add(text);
    }
    for (String choices :
        List.of(
            "null",
            "[]",
            "{}",
            "\"a\"",
            "1",
            "[null]",
            "[1]",
            "[\"a\"]",
            "[[]]",
            "[{}]",
            "[{\"message\":null}]",
            "[{\"message\":[]}]",
            "[{\"message\":\"hi\"}]",
            "[{\"message\":1}]",
            "[{\"message\":{\"content\":1}}]",
            "[{\"message\":{\"content\":true}}]",
            "[{\"message\":{\"content\":{}}}]",
            "[{\"message\":{\"content\":NaN}}]",
            "[{\"text\":\"of a completion\"}]",
            "[{\"delta\":{\"content\":\"of a stream\"}}]",
            "[{\"index\":0,\"finish_reason\":\"stop\"}]",
            "[{\"message\":{\"content\":\"a\"}},null]",
            "[{\"message\":{\"content\":\"a\"}},{}]")) {
      bodies.add("{\"choices\":" + choices + "}");
    }
    for (String cut : List.of("{\"choices\":[{\"message\":{\"content\":\"a\"}}]}")) {
      for (int i = 3; i < cut.length(); i += 4) {
        bodies.add(cut.substring(0, i));
      }
    }
    bodies.add("{\"error\":{\"message\":\"overloaded\"}}");
    bodies.add("{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(2 << 20) + "\"}}]}");
    bodies.add("[".repeat(5000));
    return bodies;
  }

  @Test
  void refusesAnswersThatMakeNoSense() {
    setup.attempts = 1;
    models.with(setup);
    List<String> bodies = malformed();
    for (String body : bodies) {
      models.server.reply(Reply.json(200, body));

      Problem problem = models.refusal(chat());

      assertEquals("upstream.malformed", problem.code(), body);
      assertEquals(502, problem.status());
    }
    assertTrue(bodies.size() >= 60);
    System.out.printf("U7 %d malformed answers: 502 %d, other 0%n", bodies.size(), bodies.size());
  }

  @Test
  void refusesStreamsThatMakeNoSense() {
    setup.attempts = 1;
    models.with(setup);
    List<String> events =
        List.of(
            "{",
            "null",
            "[]",
            "1",
            "NaN",
            "text",
            "<think>",
            "{\"choices\":1}",
            "{\"choices\":[1]}",
            "{\"choices\":[{\"delta\":[]}]}",
            "{\"choices\":{}}",
            "{\"error\":{\"message\":\"secret of the upstream\"}}",
            "x".repeat(2 << 20));
    for (String event : events) {
      models.server.reply(Reply.events(event, "[DONE]"));

      Streamed streamed = models.stream(chat());

      assertNotNull(streamed.problem(), event);
      assertEquals(502, streamed.problem().status());
      assertFalse(String.valueOf(streamed.problem().detail()).contains("secret"));
    }
    models.server.reply(Reply.json(200, "{}"), Reply.events());
    assertEquals("upstream.malformed", models.stream(chat()).problem().code());
    assertEquals("upstream.malformed", models.stream(chat()).problem().code());
    System.out.printf("U7 %d malformed streams: all ended in a problem%n", events.size() + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":0,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":2,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[0,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1e200,1e200]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[NaN,1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[\"a\",1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1}]}",
        "{\"data\":[{\"index\":0,\"embedding\":\"AACAPw==\"},{\"index\":1,\"embedding\":\"\"}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"embedding\":[1,2]}]}",
        "{\"data\":{}}"
      })
  void refusesVectorsThatAreNone(String body) {
    setup.attempts = 1;
    models.with(setup).server.reply(Reply.json(200, body));

    Problem problem = models.refusal(() -> models.calls().whole(embeddings()));

    assertEquals("upstream.malformed", problem.code());
  }

  @Test
  void putsVectorsInOrder() {
    models
        .with(setup)
        .server
        .reply(
            Reply.json(
                200,
                "{\"data\":[{\"index\":1,\"embedding\":[3,4]},{\"index\":0,\"embedding\":[1,2]}],"
                    + "\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}"));

    WholeAnswer answer = models.get(() -> models.calls().whole(embeddings()));

    JsonArray data = answer.text().toJsonObject().getJsonArray("data");
    assertEquals(0, data.getJsonObject(0).getInteger("index"));
    assertEquals(4, answer.usage().prompt());
    assertFalse(answer.usage().isEstimated());
  }

  /** The prompt has 9 bytes of text, the answer 40; 100 tokens are allowed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"prompt_tokens\": 9, \"completion_tokens\": 10}; 9; 10; false",
        "{\"prompt_tokens\": 9, \"completion_tokens\": 100}; 9; 100; false",
        "; 4; 10; true",
        "null; 4; 10; true",
        "{}; 4; 10; true",
        "{\"prompt_tokens\": 0, \"completion_tokens\": 0}; 4; 10; true",
        "{\"prompt_tokens\": -5, \"completion_tokens\": -1}; 4; 10; true",
        "{\"prompt_tokens\": 9, \"completion_tokens\": 1}; 9; 10; true",
        "{\"prompt_tokens\": 9, \"completion_tokens\": 999999}; 9; 10; true",
        "{\"prompt_tokens\": 9999999, \"completion_tokens\": 10}; 4; 10; true",
        "{\"prompt_tokens\": \"9\", \"completion_tokens\": 10}; 4; 10; true",
        "{\"prompt_tokens\": 1e300, \"completion_tokens\": 10}; 4; 10; true"
      })
  void countsItselfWhereTheUpstreamDoesNotOrLies(
      String usage, long prompt, long completion, boolean isEstimated) {
    String choices = "{\"choices\":[{\"message\":{\"content\":\"" + "four".repeat(10) + "\"}}]";
    models
        .with(setup)
        .server
        .reply(Reply.json(200, choices + (usage == null ? "" : ",\"usage\":" + usage) + "}"));

    WholeAnswer answer = models.whole(chat());

    RecordedSpending.Settled settled = models.spending.last();
    assertEquals(prompt, settled.used().promptTokens());
    assertEquals(completion, settled.used().completionTokens());
    assertEquals(isEstimated, settled.isEstimated());
    assertEquals("completed", settled.outcome());
    JsonObject shown = answer.text().toJsonObject().getJsonObject("usage");
    assertEquals(completion, shown.getLong("completion_tokens"));
    assertEquals(isEstimated, shown.getBoolean("estimated", false));
    assertTrue(settled.used().nanos() <= settled.atMost().nanos());
    System.out.printf("U9 claimed %s: charged %s%n", usage, settled.used());
  }

  @Test
  void reservesTheMostThatACallMayCost() {
    models.with(setup).server.otherwise(request -> Reply.status(400));

    models.refusal(chat().put("n", 3));
    models.refusal(chat().putNull("max_tokens"));

    assertEquals(300, models.spending.reserved.get(0).completionTokens());
    assertEquals(4096, models.spending.reserved.get(1).completionTokens());
    long prompt = models.spending.reserved.get(0).promptTokens();
    assertEquals(prompt * 1000 + 300 * 2000, models.spending.reserved.get(0).nanos());
    assertEquals(0, models.spending.last().used().nanos());
  }

  @Test
  void setsALimitWhereTheClientSetsNone() {
    setup.maxCompletion = OptionalInt.of(77);
    models.with(setup).server.otherwise(request -> Reply.status(400));

    models.refusal(chat());
    models.refusal(chat().putNull("max_tokens"));

    assertTrue(models.server.requests().get(0).body().contains("\"max_tokens\":100"));
    assertTrue(models.server.requests().get(1).body().contains("\"max_tokens\":77"));
  }

  @Test
  void hidesTheUsageThatOnlyItAskedFor() {
    String usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}";
    String last = "{\"choices\":[{\"delta\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}";
    models
        .with(setup)
        .server
        .reply(Reply.events(last, usage, "[DONE]"), Reply.events(last, usage, "[DONE]"))
        .reply(Reply.events(last, "[DONE]"));

    Streamed hidden = models.stream(chat());
    Streamed shown = models.stream(withUsage());
    Streamed own = models.stream(withUsage());

    assertEquals(1, hidden.chunks().size());
    assertEquals(2, shown.chunks().size());
    assertTrue(own.chunks().get(1).contains("\"estimated\":true"));
    assertTrue(models.server.requests().get(0).body().contains("\"include_usage\":true"));
    assertEquals(9, models.spending.settled.get(0).used().promptTokens());
  }

  @Test
  void tellsTheClientWhatTheUpstreamComplainsOf() {
    models
        .with(setup)
        .server
        .reply(
            Reply.json(
                400, "{\"error\":{\"message\":\"bad top_p\",\"param\":\"top_p\",\"code\":null}}"))
        .reply(Reply.json(401, "{\"error\":{\"message\":\"Incorrect key: secret\"}}"));

    Problem refused = models.refusal(chat());
    Problem misconfigured = models.refusal(chat());

    assertEquals(400, refused.status());
    assertTrue(refused.extensions().toString().contains("bad top_p"));
    assertEquals(502, misconfigured.status());
    assertFalse(misconfigured.toString().contains("secret"));
  }

  @Test
  void sendsItsOwnKeyAndWhatTheClientSentOtherwise() {
    models.with(setup).server.otherwise(request -> Reply.status(400));

    models.refusal(chat().put("unknown", new JsonObject().put("$schema", "x")));

    assertEquals(
        "Bearer secret", models.server.requests().get(0).header("authorization").orElseThrow());
    assertEquals("/v1/chat/completions", models.server.requests().get(0).target());
    assertTrue(models.server.requests().get(0).body().contains("\"unknown\":{\"$schema\":\"x\"}"));
  }

  private static JsonObject withUsage() {
    return chat().put("stream_options", new JsonObject().put("include_usage", true));
  }

  private static ModelCall embeddings() {
    return call(
        new JsonObject().put("model", "m").put("input", new JsonArray().add("one").add("two")),
        Operation.EMBEDDINGS);
  }
}
