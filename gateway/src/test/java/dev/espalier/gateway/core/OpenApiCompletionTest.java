package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiCompletionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenApiCompletion completion =
      new OpenApiCompletion(new OpenApiCompletion.Sizes(1_000, 100, 40));

  @Test
  void describesAnswersThatSayNothing() {
    JsonNode answers =
        path("{'responses': {'201': {}, '404': {'description': 'None'}, '422': {'$ref': '#/x'}}}")
            .path("responses");

    assertEquals("Created", answers.path("201").path("description").asText());
    assertEquals("None", answers.path("404").path("description").asText());
    assertEquals("{\"$ref\":\"#/x\"}", answers.path("422").toString());
  }

  @Test
  void addsWhatTheGatewayAddsToOperations() {
    JsonNode answers =
        path("{'responses': {'200': {'headers': {'ETag': {}}}, '403': {'description': 'Not yours'}}}")
            .path("responses");

    assertEquals(
        "#/components/headers/RateLimit-Limit",
        answers.path("200").path("headers").path("RateLimit-Limit").path("$ref").asText());
    assertEquals("{}", answers.path("200").path("headers").path("ETag").toString());
    assertEquals("Not yours", answers.path("403").path("description").asText());
    assertEquals(
        "#/components/responses/TooManyRequests", answers.path("429").path("$ref").asText());
  }

  @Test
  void addsNoAnswersToComponents() {
    JsonNode components = read(completion.ofComponents(parse("{'responses': {'Gone': {}}}")));

    assertEquals(1, components.path("responses").size());
  }

  @Test
  void saysHowLargeAnIntegerCanBe() {
    assertEquals(
        "{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":1,\"maximum\":2147483647}",
        path("{'type': 'integer', 'format': 'int32', 'minimum': 1}").toString());
    assertEquals(
        "{\"type\":[\"integer\",\"null\"],\"format\":\"int64\","
            + "\"minimum\":-9223372036854775808,\"maximum\":9223372036854775807}",
        path("{'type': ['integer', 'null']}").toString());
  }

  @Test
  void boundsByTheRequestWhatHasNoLimit() {
    assertEquals("{\"type\":\"string\",\"maxLength\":1000}", path("{'type': 'string'}").toString());
    assertEquals("{\"type\":\"array\",\"maxItems\":500}", path("{'type': 'array'}").toString());
    assertEquals(
        40, path("{'in': 'path', 'schema': {'type': 'string'}}").findValue("maxLength").asInt());
    assertEquals(
        100, path("{'in': 'header', 'schema': {'type': 'string'}}").findValue("maxLength").asInt());
  }

  @Test
  void leavesLimitsThatAreThere() {
    String limited = "{'type': 'string', 'maxLength': 5}";

    assertEquals(5, path(limited).path("maxLength").asInt());
  }

  @Test
  void knowsHowLongAFormatIs() {
    assertEquals(36, path("{'type': 'string', 'format': 'uuid'}").path("maxLength").asInt());
    assertEquals(40, path("{'type': 'string', 'format': 'date-time'}").path("maxLength").asInt());
  }

  @Test
  void listsTheWordsOfAPattern() {
    assertEquals(
        "{\"type\":\"string\",\"enum\":[\"train\",\"test\"]}",
        path("{'type': 'string', 'pattern': 'train|test'}").toString());
    assertEquals(
        "{\"type\":\"string\",\"enum\":[\"mcts\",\"best_of_n\"]}",
        path("{'type': 'string', 'pattern': '^(?:mcts|best_of_n)$'}").toString());
  }

  private JsonNode path(String json) {
    return read(completion.ofPaths(parse(json)));
  }

  private static JsonNode read(Object value) {
    return JSON.valueToTree(value);
  }

  private static Map<?, ?> parse(String json) {
    try {
      return JSON.readValue(json.replace('\'', '"'), Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
