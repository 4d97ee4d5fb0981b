package dev.espalier.memory.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.summary.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the facts out of a model's reply: prose, code fences and thoughts around the JSON are
 * skipped, and a fact that is not as asked is left out. A reply without any is a failure.
 */
final class FactsReply {

  private static final Pattern THOUGHTS = Pattern.compile("(?s)<think>.*?(?:</think>|$)");
  private static final Pattern NOT_TEXT =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]+");
  private static final int MAX_FACTS = 100;
  private static final int MAX_CITED = 50;
  private static final int MAX_CHARACTERS = 1000;

  private FactsReply() {}

  /**
   * @throws ModelUnavailableException when there is no fact in it
   */
  static List<Sentence> read(ObjectMapper json, String body) {
    String content =
        tree(json, body).path("choices").path(0).path("message").path("content").asText("");
    List<Sentence> facts = new ArrayList<>();
    for (JsonNode fact : listed(json, THOUGHTS.matcher(content).replaceAll(""))) {
      if (facts.size() < MAX_FACTS) {
        fact(fact).ifPresent(facts::add);
      }
    }
    if (facts.isEmpty()) {
      throw new ModelUnavailableException("the model's reply holds no fact");
    }
    return facts;
  }

  private static JsonNode listed(ObjectMapper json, String content) {
    int from = content.indexOf('{');
    int to = content.lastIndexOf('}');
    return from < 0 || to < from
        ? json.missingNode()
        : tree(json, content.substring(from, to + 1)).path("facts");
  }

  private static Optional<Sentence> fact(JsonNode fact) {
    String text = NOT_TEXT.matcher(fact.path("text").asText("")).replaceAll(" ").strip();
    List<Long> cited = new ArrayList<>();
    for (JsonNode number : fact.path("from")) {
      if (!number.isIntegralNumber() || !number.canConvertToLong()) {
        return Optional.empty();
      }
      cited.add(number.asLong());
    }
    boolean isUsable =
        fact.path("text").isTextual()
            && !text.isEmpty()
            && text.length() <= MAX_CHARACTERS
            && !cited.isEmpty()
            && cited.size() <= MAX_CITED;
    return isUsable ? Optional.of(new Sentence(text, cited)) : Optional.empty();
  }

  private static JsonNode tree(ObjectMapper json, String text) {
    try {
      JsonNode tree = json.readTree(text);
      return tree == null ? json.missingNode() : tree;
    } catch (JsonProcessingException e) {
      return json.missingNode();
    }
  }
}
