package dev.espalier.memory.upstream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.summary.Sentence;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts out of a model's reply: prose, code fences and thoughts around the JSON are
 * skipped, of a list that was cut off the whole facts are taken, and a fact that is not as asked is
 * left out. A reply without any is a failure.
 */
final class FactsReply {

  private static final Pattern THOUGHTS = Pattern.compile("(?s)<think>.*?(?:</think>|$)");

  /** Servers that put the opening tag into the prompt send the closing one alone. */
  private static final String THOUGHTS_END = "</think>";

  /** Where a list of facts begins: after its name, or at the very beginning. */
  private static final Pattern LIST =
      Pattern.compile("(?:\"facts\"\\s{0,9}:\\s{0,9}|\\A\\s{0,9}(?:```\\w{0,9}\\s{0,9})?)(?=\\[)");

  private static final Pattern NOT_TEXT =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]+");

  private static final int MAX_LISTS = 20;
  private static final int MAX_FACTS = 100;
  private static final int MAX_CITED = 50;
  private static final int MAX_CHARACTERS = 1000;

  private FactsReply() {}

  /**
   * @throws ModelUnavailableException when there is no fact in it
   */
  static List<Sentence> read(ObjectMapper json, String body) {
    String said = said(tree(json, body).path("choices").path(0).path("message").path("content"));
    String answer = THOUGHTS.matcher(said).replaceAll("");
    int thoughtsEnd = answer.lastIndexOf(THOUGHTS_END);
    if (thoughtsEnd >= 0) {
      answer = answer.substring(thoughtsEnd + THOUGHTS_END.length());
    }
    // The last list that holds a fact: what comes before it may be a draft.
    for (int from : lists(answer)) {
      List<Sentence> facts = facts(json, answer.substring(from));
      if (!facts.isEmpty()) {
        return facts;
      }
    }
    throw new ModelUnavailableException("the model's reply holds no fact");
  }

  /** A text, or parts that hold texts. */
  private static String said(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder parts = new StringBuilder();
    content.forEach(part -> parts.append(part.path("text").asText("")));
    return parts.toString();
  }

  /** Where lists begin, the last first. */
  private static Iterable<Integer> lists(String answer) {
    Deque<Integer> found = new ArrayDeque<>();
    Matcher list = LIST.matcher(answer);
    while (list.find()) {
      found.addFirst(list.end());
      if (found.size() > MAX_LISTS) {
        found.removeLast();
      }
    }
    return found;
  }

  private static List<Sentence> facts(ObjectMapper json, String list) {
    List<Sentence> facts = new ArrayList<>();
    try (JsonParser parser = json.getFactory().createParser(list)) {
      parser.nextToken();
      while (facts.size() < MAX_FACTS && isInside(parser.nextToken())) {
        fact(json.readTree(parser)).ifPresent(facts::add);
      }
    } catch (IOException e) {
      // The list ends here; what was read is whole.
    }
    return facts;
  }

  private static boolean isInside(@Nullable JsonToken token) {
    return token != null && token != JsonToken.END_ARRAY;
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
