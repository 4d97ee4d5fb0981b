package dev.espalier.gateway.upstream.memories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.espalier.gateway.core.memories.FactExtractor.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFactsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"facts\": [\"Ana drinks tea.\", \" \"]}",
        "Here they are:\n```json\n{\"facts\": [\"Ana drinks tea.\"]}\n```",
        "<think>{maybe}</think>{\"facts\": [\"Ana drinks tea.\"]}"
      })
  void findsTheFactsInAnAnswer(String content) {
    assertEquals(
        new Outcome.Facts(List.of("Ana drinks tea.")), ModelFacts.outcome(answer(content)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I cannot do that.",
        "{\"facts\": [\"Ana dr",
        "{\"facts\": [5]}",
        "{\"facts\": \"Ana drinks tea.\"}",
        "{\"other\": []}",
        "}{"
      })
  void makesNoFactsOutOfAnythingElse(String content) {
    assertInstanceOf(Outcome.NotExtracted.class, ModelFacts.outcome(answer(content)));
  }

  @Test
  void takesAnAnswerWithoutChoicesForNone() {
    assertInstanceOf(
        Outcome.NotExtracted.class,
        ModelFacts.outcome(new JsonObject().put("choices", new JsonArray())));
  }

  private static JsonObject answer(String content) {
    return new JsonObject()
        .put(
            "choices",
            new JsonArray()
                .add(new JsonObject().put("message", new JsonObject().put("content", content))));
  }
}
