package dev.espalier.memory.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.summary.Sentence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsReplyTest {

  private static final String GOOD = "{\"facts\":[{\"text\":\"Ana likes tea.\",\"from\":[1,2]}]}";

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "Sure! Here you are:\n%s\nAnything else?",
        "<think>maybe {\"facts\":[]}?</think>%s",
        "\ufeff  %s  "
      })
  void findsTheFactsInWhatModelsPutAround(String around) throws Exception {
    assertEquals(
        List.of(new Sentence("Ana likes tea.", List.of(1L, 2L))), read(around.formatted(GOOD)));
  }

  @Test
  void leavesOutFactsThatAreNotAsAsked() throws Exception {
    assertEquals(
        List.of(new Sentence("Good one.", List.of(3L))),
        read(
            "{\"facts\":[null,7,\"x\",{},{\"text\":\"no source\"},{\"text\":\"none\",\"from\":[]},"
                + "{\"text\":\"bad\",\"from\":[\"1\"]},{\"text\":\"bad\",\"from\":[1.5]},"
                + "{\"text\":\"bad\",\"from\":[1e99]},{\"text\":7,\"from\":[1]},"
                + "{\"text\":\" \\u0000 \",\"from\":[1]},{\"text\":\""
                + "x".repeat(1001)
                + "\",\"from\":[1]},{\"text\":\"Good\\u0000\\none.\",\"from\":[3]}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "{}",
        "I cannot help with that.",
        "<think>endless thought " + GOOD,
        "{\"facts\":[{\"text\":\"cut off",
        "{\"facts\":{\"text\":\"no list\",\"from\":[1]}}",
        "{\"facts\":\"Ana likes tea\"}",
        "{\"facts\":[NaN]}",
        "{\"facts\":[[[[[[[[[[[[]]]]]]]]]]]]}",
        "{{{{{{{{{{{{{{{{}",
        "}{"
      })
  void takesNothingFromAReplyWithoutFacts(String content) {
    assertThrows(ModelUnavailableException.class, () -> read(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "7", "<html>", "{\"choices\":[]}", "{\"choices\":7}"})
  void takesNothingFromWhatIsNoCompletion(String body) {
    assertThrows(ModelUnavailableException.class, () -> FactsReply.read(json, body));
  }

  private List<Sentence> read(String content) throws Exception {
    return FactsReply.read(
        json,
        json.writeValueAsString(
            Map.of("choices", List.of(Map.of("message", Map.of("content", content))))));
  }
}
