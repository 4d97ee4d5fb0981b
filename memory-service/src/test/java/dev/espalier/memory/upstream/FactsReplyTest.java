package dev.espalier.memory.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.summary.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** U7: whatever a model says is repaired, or a typed failure. */
@Timeout(60)
class FactsReplyTest {

  private static final String REFUSED = "refused";

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void readsTheFactsOrSaysThatThereAreNone() throws IOException {
    List<JsonNode> corpus = corpus();
    int repaired = 0;
    for (JsonNode entry : corpus) {
      String body =
          entry.has("body")
              ? entry.path("body").asText()
              : completion(entry.path("content").asText());

      assertEquals(expected(entry), outcome(body), entry.path("name").asText());
      repaired += entry.has("facts") ? 1 : 0;
    }
    assertTrue(corpus.size() >= 60);
    System.out.printf(
        "U7 facts: %d outputs, %d repaired or taken, %d typed failures, 0 others%n",
        corpus.size(), repaired, corpus.size() - repaired);
  }

  @Test
  void survivesWhatIsHugeOrDeep() throws IOException {
    String list = "{\"facts\":[";
    List<String> contents =
        List.of(
            "x".repeat(10 << 20),
            "{".repeat(100_000),
            "[".repeat(100_000),
            list.repeat(100_000),
            list + "[".repeat(100_000),
            list + "{\"text\":\"" + "x".repeat(10 << 20),
            list + "{\"text\":\"x\",\"from\":[" + "1,".repeat(1 << 20) + "1]}]}",
            list + "{\"text\":\"x\",\"from\":[" + "9".repeat(1 << 20) + "]}]}",
            "<think>".repeat(100_000),
            "</think>".repeat(100_000),
            "`".repeat(1 << 20),
            " ".repeat(1 << 20) + "[");
    for (String content : contents) {
      assertEquals(REFUSED, outcome(completion(content)));
      assertEquals(REFUSED, outcome(content));
    }
  }

  @Test
  void takesNoMoreFactsThanItNeeds() throws IOException {
    String facts =
        String.join(
            ",",
            IntStream.range(0, 1000)
                .mapToObj(i -> "{\"text\":\"Fact " + i + "\",\"from\":[1]}")
                .toList());

    assertEquals(100, FactsReply.read(json, completion("{\"facts\":[" + facts + "]}")).size());
  }

  private String outcome(String body) {
    try {
      return FactsReply.read(json, body).toString();
    } catch (ModelUnavailableException e) {
      return REFUSED;
    }
  }

  private static String expected(JsonNode entry) {
    if (!entry.has("facts")) {
      return REFUSED;
    }
    List<Sentence> facts = new ArrayList<>();
    for (JsonNode fact : entry.path("facts")) {
      List<Long> from = new ArrayList<>();
      fact.path(1).forEach(number -> from.add(number.asLong()));
      facts.add(new Sentence(fact.path(0).asText(), from));
    }
    return facts.toString();
  }

  private String completion(String content) throws IOException {
    return json.writeValueAsString(
        Map.of("choices", List.of(Map.of("message", Map.of("content", content)))));
  }

  private List<JsonNode> corpus() throws IOException {
    List<JsonNode> corpus = new ArrayList<>();
    try (InputStream lines = FactsReplyTest.class.getResourceAsStream("malformed-facts.jsonl")) {
      String text = new String(lines.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        corpus.add(json.readTree(line));
      }
    }
    return corpus;
  }
}
