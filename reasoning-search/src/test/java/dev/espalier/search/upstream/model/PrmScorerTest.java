package dev.espalier.search.upstream.model;

import static dev.espalier.search.upstream.UnderTest.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.testkit.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PrmScorerTest {

  private static final Need.Score TWO = score(List.of("first"), "a <extra_0> b", "c");

  private final UnderTest test = new UnderTest();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void takesTheLastStepOfEveryText() {
    test.server.reply(pooled("[[0.1,0.9],[0.8,0.2]]", "[[0.1,0.9],[0.25,0.75]]"));

    List<Double> scores = pooling(false).score("Add.", TWO, test.context());

    assertEquals(List.of(0.2, 0.75), scores);
    JsonNode sent = Json.read(test.server.requests().get(0).body());
    assertEquals("/pooling", test.server.requests().get(0).target());
    String text = sent.path("input").path(0).asText();
    assertTrue(text.contains("<|im_start|>user\nAdd.<|im_end|>"), text);
    assertTrue(text.endsWith("first<extra_0>a   b<extra_0><|im_end|><|endoftext|>"), text);
    assertEquals(CallKind.SCORE, test.meter.calls().get(0).kind);
    assertEquals(60, test.meter.spent().promptTokens());
    assertEquals(0, test.meter.spent().completionTokens());
  }

  @Test
  void readsNumbersAndSingleNumbersToo() {
    test.server.reply(pooled("[0.9,0.3]", "[[0.9],[0.4]]"), pooled("0.5", "[1.5]"));

    assertEquals(List.of(0.3, 0.4), pooling(false).score("Add.", TWO, test.context()));
    assertEquals(List.of(0.5, 1.0), pooling(false).score("Add.", TWO, test.context()));
  }

  @Test
  void bringsLogitsIntoRange() {
    test.server.reply(pooled("[[2.0,2.0]]", "[0.0]"), pooled("[[0,800]]", "[-800]"));

    assertEquals(List.of(0.5, 0.5), pooling(true).score("Add.", TWO, test.context()));
    assertEquals(List.of(1.0, 0.0), pooling(true).score("Add.", TWO, test.context()));
  }

  @Test
  void putsScoresInTheOrderOfTheirIndices() {
    test.server.reply(
        Reply.json(
            200,
            "{\"data\":[{\"index\":1,\"object\":\"score\",\"score\":0.1},{\"index\":0,\"score\":0.7}],"
                + "\"usage\":{\"prompt_tokens\":60}}"));
    PrmScorer scorer = PrmScorer.score(test.client(), "m", UnderTest.PLAIN, Price.FREE);

    assertEquals(List.of(0.7, 0.1), scorer.score("Add.", TWO, test.context()));

    JsonNode sent = Json.read(test.server.requests().get(0).body());
    assertEquals("/score", test.server.requests().get(0).target());
    assertEquals("Add.\n\nfirst", sent.path("text_1").asText());
    assertEquals("c", sent.path("text_2").path(1).asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "{\"data\":[]}",
        "{\"data\":null}",
        "{\"data\":[{\"index\":0,\"data\":[0.1]}]}",
        "{\"data\":[{\"index\":0,\"data\":[0.1]},{\"index\":0,\"data\":[0.1]}]}",
        "{\"data\":[{\"index\":0,\"data\":[0.1]},{\"index\":2,\"data\":[0.1]}]}",
        "{\"data\":[{\"index\":-1,\"data\":[0.1]},{\"index\":1,\"data\":[0.1]}]}",
        "{\"data\":[{\"data\":[]},{\"data\":[0.1]}]}",
        "{\"data\":[{\"data\":[\"NaN\"]},{\"data\":[0.1]}]}",
        "{\"data\":[{\"data\":[[0.1,0.2,0.3]]},{\"data\":[0.1]}]}",
        "{\"data\":[{\"data\":[[1e999,0]]},{\"data\":[0.1]}]}",
        "{\"data\":[{\"data\":\"0.1\"},{\"data\":[0.1]}]}",
        "{\"data\":[{\"data\":[0.1]},{\"data\":[0.1]},{\"data\":[0.1]}]}"
      })
  void refusesWhatIsNoScoreForEveryStep(String body) {
    test.server.reply(Reply.json(200, body));

    UpstreamException refused =
        assertThrows(
            UpstreamException.class, () -> pooling(false).score("Add.", TWO, test.context()));

    assertEquals("upstream.malformed", refused.code());
    assertEquals(List.of("upstream.malformed"), test.meter.failures());
  }

  @Test
  void asksAChatModelOnceForAllCandidates() {
    test.server.reply(
        Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"[0.9, 0.2]\"}}]}"));
    ChatScorer scorer = new ChatScorer(test.client(), "m", UnderTest.PLAIN, Price.FREE);

    List<Double> scores = scorer.score("Add.", TWO, test.context());

    assertEquals(List.of(0.9, 0.2), scores);
    assertEquals(1, test.server.requests().size());
    JsonNode sent = Json.read(test.server.requests().get(0).body());
    JsonNode data = Json.read(sent.path("messages").path(1).path("content").asText());
    assertEquals("Add.", data.path("problem").asText());
    assertEquals("first", data.path("steps").path(0).asText());
    assertEquals("c", data.path("candidates").path(1).asText());
    assertTrue(test.meter.spent().isEstimated());
  }

  private PrmScorer pooling(boolean givesLogits) {
    Dialect dialect =
        new Dialect(
            true,
            true,
            false,
            true,
            Continuation.NONE,
            "max_tokens",
            null,
            "<extra_0>",
            givesLogits);
    return PrmScorer.pooling(test.client(), "m", dialect, Price.FREE);
  }

  private static Reply pooled(String first, String second) {
    return Reply.json(
        200,
        "{\"data\":[{\"index\":0,\"object\":\"pooling\",\"data\":"
            + first
            + "},{\"index\":1,\"object\":\"pooling\",\"data\":"
            + second
            + "}],\"usage\":{\"prompt_tokens\":60,\"total_tokens\":60}}");
  }
}
