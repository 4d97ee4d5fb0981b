package dev.espalier.search.upstream.model;

import static dev.espalier.search.upstream.UnderTest.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.testkit.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChatScorerTest {

  private static final Need.Score THREE = score(List.of("first"), "a", "b", "c");
  private static final Dialect PRESCRIBING =
      new Dialect(
          true, true, true, true, Continuation.NONE, "max_tokens", null, "<extra_0>", false);

  private final UnderTest test = new UnderTest();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void prescribesTheFormOfTheAnswerWhereTheServerCan() {
    assertEquals(List.of(0.1, 0.9, 0.5), scored(UnderTest.PLAIN));
    assertEquals(List.of(0.1, 0.9, 0.5), scored(PRESCRIBING));

    assertFalse(Json.read(test.server.requests().get(0).body()).has("response_format"));
    JsonNode sent = Json.read(test.server.requests().get(1).body());
    JsonNode scores = sent.at("/response_format/json_schema/schema/properties/scores");
    assertEquals("json_schema", sent.at("/response_format/type").asText());
    assertTrue(sent.at("/response_format/json_schema/strict").asBoolean());
    assertEquals(3, scores.path("minItems").asInt());
    assertEquals(3, scores.path("maxItems").asInt());
    assertEquals("number", scores.at("/items/type").asText());
  }

  private List<Double> scored(Dialect dialect) {
    test.server.reply(
        Reply.json(
            200,
            "{\"choices\":[{\"message\":{\"content\":\"{\\\"scores\\\": [0.1, 0.9, 0.5]}\"}}],"
                + "\"usage\":{\"prompt_tokens\":150,\"completion_tokens\":16}}"));
    return new ChatScorer(test.client(), "m", dialect, Price.FREE)
        .score("Add.", THREE, test.context());
  }
}
