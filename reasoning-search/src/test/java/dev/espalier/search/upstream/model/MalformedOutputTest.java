package dev.espalier.search.upstream.model;

import static dev.espalier.search.upstream.UnderTest.propose;
import static dev.espalier.search.upstream.UnderTest.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.RecordingMeter;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.search.upstream.http.Load;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.testkit.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** U7: whatever a model says is repaired, or a typed failure whose call is ended once. */
@Timeout(60)
class MalformedOutputTest {

  private static final Duration LEFT = Duration.ofSeconds(10);

  private final UnderTest test = new UnderTest();
  private final UpstreamClient client =
      test.client(UnderTest.patience(5000), new Load(2, 1, 4 << 20, UnderTest.PATIENT));

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void readsAStepOrSaysWhyThereIsNone() throws Exception {
    List<JsonNode> corpus = corpus("malformed-steps.jsonl");
    int repaired = 0;
    for (JsonNode entry : corpus) {
      String outcome = outcome(reply(entry));

      assertEquals(expected(entry), outcome, entry.path("name").asText());
      repaired += entry.has("step") ? 1 : 0;
    }
    assertTrue(corpus.size() >= 60);
    assertEquals(2, client.availablePermits());
    System.out.printf(
        "U7 steps: %d outputs, %d repaired or taken, %d typed failures, 0 others%n",
        corpus.size(), repaired, corpus.size() - repaired);
  }

  @Test
  void readsScoresOrSaysThatThereAreNone() throws Exception {
    List<JsonNode> corpus = corpus("malformed-scores.jsonl");
    ChatScorer scorer = new ChatScorer(client, "m", UnderTest.PLAIN, Price.FREE);
    for (JsonNode entry : corpus) {
      test.server.reply(Reply.json(200, completion(entry)));
      RecordingMeter meter = new RecordingMeter();
      String outcome;
      try {
        outcome =
            scorer
                .score("p", score(List.of(), "a", "b"), UnderTest.context(LEFT, meter))
                .toString();
      } catch (UpstreamException e) {
        outcome = e.code();
      }

      String expected =
          entry.has("scores")
              ? List.of(entry.at("/scores/0").asDouble(), entry.at("/scores/1").asDouble())
                  .toString()
              : entry.path("code").asText();
      assertEquals(expected, outcome, entry.path("name").asText());
      assertEquals(1, meter.calls().size());
    }
    System.out.printf("U7 scores: %d outputs, all read or typed failures%n", corpus.size());
  }

  @Test
  void survivesWhatIsHugeOrDeep() {
    assertEquals("upstream.malformed", outcome("[".repeat(100_000)));
    assertEquals("upstream.malformed", outcome("{\"a\":".repeat(100_000)));
    assertEquals("upstream.malformed", outcome("x".repeat(10 << 20)));
    String braces = "\\\\frac{".repeat(100_000);
    assertEquals(
        "upstream.malformed",
        outcome("{\"choices\":[{\"message\":{\"content\":\"" + braces + "\"}}]}"));
  }

  private String outcome(String body) {
    test.server.reply(Reply.json(200, body));
    RecordingMeter meter = new RecordingMeter();
    ModelProposer proposer =
        ModelProposer.chat(
            client,
            UnderTest.PLAIN,
            new Sampling("m", 1, 8000),
            Price.FREE,
            new Habits(),
            test.threads);
    try {
      List<Candidate> steps =
          proposer.propose("p", propose(1, "before"), UnderTest.context(LEFT, meter));
      return steps.isEmpty() ? "none" : steps.get(0).text() + "|" + steps.get(0).isTerminal();
    } catch (UpstreamException e) {
      return e.code();
    } finally {
      assertEquals(1, meter.calls().size());
    }
  }

  private static String expected(JsonNode entry) {
    return entry.has("step")
        ? entry.path("step").asText() + "|" + entry.path("terminal").asBoolean()
        : entry.path("code").asText();
  }

  private static String reply(JsonNode entry) {
    return entry.has("body") ? entry.path("body").asText() : completion(entry);
  }

  private static String completion(JsonNode entry) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ObjectNode choice = body.putArray("choices").addObject();
    ObjectNode message = choice.putObject("message");
    message.set("content", entry.get("content"));
    if (entry.has("refusal")) {
      message.set("refusal", entry.get("refusal"));
    }
    if (entry.has("finish")) {
      choice.set("finish_reason", entry.get("finish"));
    } else {
      choice.put("finish_reason", "stop");
    }
    switch (entry.path("stop").asText("delimiter")) {
      case "delimiter" -> choice.put("stop_reason", "\n\n");
      case "null" -> choice.putNull("stop_reason");
      case "absent" -> {}
      default -> choice.put("stop_reason", entry.path("stop").asInt());
    }
    return body.toString();
  }

  private static List<JsonNode> corpus(String name) throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    try (InputStream in = MalformedOutputTest.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        entries.add(parse(line));
      }
    }
    return entries;
  }

  private static JsonNode parse(String line) throws JsonProcessingException {
    return Json.MAPPER.readTree(line);
  }
}
