package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  private record Body(int k, List<String> roles) {}

  @Test
  void writesTheMembersOfRfc9457WithOurCodeAndRequestId() {
    Problem problem = Problem.of(ErrorCode.NOT_FOUND, "no such thing").with("current_seq", 7);

    assertEquals(
        List.of(
            "type", "title", "status", "detail", "code", "retryable", "request_id", "current_seq"),
        List.copyOf(problem.body("r-1").keySet()));
    assertEquals("urn:espalier:problem:request.not_found", problem.body("r-1").get("type"));
  }

  @Test
  void cutsALongDetailBetweenCharacters() {
    String detail = "x" + "\ud83c\udf33".repeat(1_000);

    assertEquals(detail.substring(0, 999), Problem.of(ErrorCode.INVALID, detail).detail());
  }

  @Test
  void cutsTheNameThatAClientGaveAField() {
    Problem problem = problemOfReading("{\"" + "k".repeat(10_000) + "\": 1}");

    assertEquals(
        List.of(Map.of("field", "k".repeat(200), "message", "is unknown here or of another type")),
        problem.extensions().get("errors"));
  }

  @Test
  void refusesAStatusThatIsNoError() {
    assertThrows(
        IllegalArgumentException.class, () -> new Problem(200, "x", "x", null, false, Map.of()));
  }

  @Test
  void neverShowsTheTextOfAForeignException() {
    Problem problem = ProblemResponses.problemOf(new IllegalStateException("password=hunter2"));

    assertEquals("internal.error", problem.code());
    assertFalse(problem.body("r-1").toString().contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"k\":1,", "nonsense", "{\"k\": 01}", "{\"k\":1}}x\u0000"})
  void callsTextThatIsNoJsonMalformed(String body) {
    assertEquals("request.malformed_body", problemOfReading(body).code());
  }

  @Test
  void namesTheFieldThatHasAnotherType() {
    Problem problem = problemOfReading("{\"roles\": [\"user\", {}]}");

    assertEquals("request.invalid", problem.code());
    assertEquals(
        List.of(Map.of("field", "roles[1]", "message", "is unknown here or of another type")),
        problem.extensions().get("errors"));
  }

  private static Problem problemOfReading(String body) {
    ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    Exception failure = assertThrows(Exception.class, () -> json.readValue(body, Body.class));
    return ProblemResponses.problemOf(failure);
  }
}
