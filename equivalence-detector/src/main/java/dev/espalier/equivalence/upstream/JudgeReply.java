package dev.espalier.equivalence.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.equivalence.core.compare.PairJudge.Answer;
import dev.espalier.equivalence.core.compare.PairJudge.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a model's reply. Prose, code fences and thoughts around the JSON are skipped; a list of
 * another length is of no use, because nobody knows which pair a level is for.
 */
final class JudgeReply {

  private static final Pattern THOUGHTS = Pattern.compile("(?s)<think>.*?(?:</think>|$)");
  private static final Pattern LEVELS = Pattern.compile("\\[[^\\[\\]]*\\]");
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final String MALFORMED = "judge_malformed";

  private JudgeReply() {}

  static Answer read(ObjectMapper json, String sent, String body, int questions) {
    JsonNode reply = tree(json, body);
    String content = reply.path("choices").path(0).path("message").path("content").asText("");
    Usage usage = usage(reply.path("usage"), sent, content);
    Optional<List<Optional<Integer>>> levels = levels(json, content, questions);
    return new Answer(
        levels.orElse(List.of()),
        usage,
        levels.isPresent() ? Optional.empty() : Optional.of(MALFORMED));
  }

  private static Optional<List<Optional<Integer>>> levels(
      ObjectMapper json, String content, int questions) {
    Matcher lists = LEVELS.matcher(THOUGHTS.matcher(content).replaceAll(""));
    Optional<List<Optional<Integer>>> found = Optional.empty();
    while (lists.find()) {
      JsonNode list = tree(json, lists.group());
      if (list.isArray() && list.size() == questions) {
        List<Optional<Integer>> levels = new ArrayList<>();
        list.forEach(level -> levels.add(level(level)));
        found = Optional.of(levels);
      }
    }
    return found;
  }

  private static Optional<Integer> level(JsonNode level) {
    boolean valid = level.isInt() && level.asInt() >= 1 && level.asInt() <= 5;
    return valid ? Optional.of(level.asInt()) : Optional.empty();
  }

  /** What the model reports, or our estimate where it reports nothing that can be true. */
  private static Usage usage(JsonNode usage, String sent, String content) {
    int prompt = usage.path("prompt_tokens").asInt(0);
    int completion = usage.path("completion_tokens").asInt(0);
    boolean reported = prompt > 0 && completion >= 0;
    return reported
        ? new Usage(1, prompt, completion, false)
        : new Usage(
            1, sent.length() / CHARACTERS_PER_TOKEN, content.length() / CHARACTERS_PER_TOKEN, true);
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
