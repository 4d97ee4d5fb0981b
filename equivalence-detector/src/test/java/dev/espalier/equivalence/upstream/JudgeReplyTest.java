package dev.espalier.equivalence.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.equivalence.core.compare.PairJudge.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeReplyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"levels\": [5, 1]}",
        "Sure! Here it is:\n```json\n{\"levels\": [5, 1]}\n```\nAnything else?",
        "<think>maybe [1, 1]?</think>{\"levels\":[5,1]}",
        "[5, 1]",
        "First [3], then {\"levels\": [5, 1]}"
      })
  void findsTheLevelsInWhatSurroundsThem(String content) throws Exception {
    Answer answer = JudgeReply.read(JSON, "sent", completion(content), 2);

    assertEquals(List.of(Optional.of(5), Optional.of(1)), answer.levels());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "{\"levels\": [5]}", "{\"levels\": [5, 1, 1]}", "{\"levels\": \"5, 1\"}",
            "null",
        "{\"levels\": [5, 1", "<think>[5, 1]", "I cannot say.", "\u0000", "[[5], [1]]", "NaN",
            "{\"levels\": {}}"
      })
  void callsEverythingElseMalformed(String content) throws Exception {
    Answer answer = JudgeReply.read(JSON, "sent", completion(content), 2);

    assertEquals(Optional.of("judge_malformed"), answer.failure());
    assertTrue(answer.levels().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[6, 0]", "[\"5\", 4.5]", "[null, true]", "[-1, 99999999999999999999]"})
  void leavesAPairWithoutAValidLevelUndecided(String content) throws Exception {
    Answer answer = JudgeReply.read(JSON, "sent", completion(content), 2);

    assertEquals(List.of(Optional.empty(), Optional.empty()), answer.levels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{\"choices\": []}", "{\"choices\": 7}", "\"x\""})
  void survivesAReplyThatIsNoCompletion(String body) {
    Answer answer = JudgeReply.read(JSON, "sent", body, 2);

    assertEquals(Optional.of("judge_malformed"), answer.failure());
  }

  @Test
  void estimatesTheTokensThatAModelDoesNotReport() throws Exception {
    Answer answer = JudgeReply.read(JSON, "x".repeat(400), completion("[5, 1]"), 2);

    assertEquals(100, answer.usage().promptTokens());
    assertTrue(answer.usage().isEstimated());
  }

  private static String completion(String content) throws Exception {
    return JSON.writeValueAsString(
        Map.of("choices", List.of(Map.of("message", Map.of("content", content)))));
  }
}
