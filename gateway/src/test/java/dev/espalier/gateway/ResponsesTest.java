package dev.espalier.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedLlm;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class ResponsesTest {

  private static final String PATH = "/v1/responses";

  @TestHTTPResource URI gateway;

  private final ScriptedLlm model = ScriptedServices.model();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void answersWithAMessage() throws Exception {
    model.answer("two words");

    JsonNode response =
        GatewayClient.read(
            client
                .post(
                    PATH,
                    "{\"model\":\"steady-1\",\"instructions\":\"Be kind.\",\"input\":\"hi\","
                        + "\"text\":{},\"max_output_tokens\":50,\"seed\":4}")
                .body());

    assertEquals("completed", response.path("status").asText(), response::toString);
    JsonNode message = response.path("output").path(0);
    assertEquals("message", message.path("type").asText());
    assertEquals("two words", message.path("content").path(0).path("text").asText());
    assertEquals(2, response.path("usage").path("output_tokens").asInt());
    JsonNode sent = sent();
    assertEquals("system", sent.path("messages").path(0).path("role").asText());
    assertEquals("hi", sent.path("messages").path(1).path("content").asText());
    assertEquals(50, sent.path("max_tokens").asInt());
    assertEquals(4, sent.path("seed").asInt());
  }

  @Test
  void streamsTypedEvents() throws Exception {
    model.answer("two words");

    HttpResponse<String> response =
        client.post(PATH, "{\"model\":\"steady-1\",\"input\":\"hi\",\"stream\":true}");

    assertEquals(
        List.of(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed"),
        types(response.body()));
    List<JsonNode> events = events(response.body());
    for (int i = 0; i < events.size(); i++) {
      assertEquals(i, events.get(i).path("sequence_number").asInt());
      assertEquals(types(response.body()).get(i), events.get(i).path("type").asText());
    }
    assertEquals("two words", events.get(6).path("text").asText());
    assertEquals(2, events.get(9).path("response").path("usage").path("output_tokens").asInt());
  }

  @Test
  void translatesToolsAndTheirCalls() throws Exception {
    model
        .server()
        .reply(
            Reply.json(
                200,
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"c2\","
                    + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                    + "\"finish_reason\":\"tool_calls\"}]}"));

    JsonNode response =
        GatewayClient.read(
            client
                .post(
                    PATH,
                    "{\"model\":\"steady-1\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":"
                        + "\"input_text\",\"text\":\"weather?\"}]},{\"type\":\"function_call\","
                        + "\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":"
                        + "\"function_call_output\",\"call_id\":\"c1\",\"output\":\"sunny\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"$schema\":\"s\"},"
                        + "\"strict\":true}],\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"},"
                        + "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{}}}}")
                .body());

    JsonNode call = response.path("output").path(0);
    assertEquals("function_call", call.path("type").asText(), response::toString);
    assertEquals("c2", call.path("call_id").asText());
    JsonNode sent = sent();
    assertEquals("weather?", sent.path("messages").path(0).path("content").asText());
    assertEquals(
        "c1", sent.path("messages").path(1).path("tool_calls").path(0).path("id").asText());
    assertEquals("sunny", sent.path("messages").path(2).path("content").asText());
    assertEquals("c1", sent.path("messages").path(2).path("tool_call_id").asText());
    JsonNode function = sent.path("tools").path(0).path("function");
    assertEquals("s", function.path("parameters").path("$schema").asText());
    assertEquals("f", sent.path("tool_choice").path("function").path("name").asText());
    assertEquals("n", sent.path("response_format").path("json_schema").path("name").asText());
  }

  @Test
  void streamsTheArgumentsOfACall() throws Exception {
    String head =
        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}";
    String rest =
        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
            + "{\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}";
    model.server().reply(Reply.events(head, rest, "[DONE]"));

    HttpResponse<String> response =
        client.post(PATH, "{\"model\":\"steady-1\",\"input\":\"hi\",\"stream\":true}");

    assertEquals(
        List.of(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed"),
        types(response.body()));
  }

  @Test
  void endsACutStreamWithAFailure() throws Exception {
    String chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}";
    model.server().reply(Reply.events(chunk).pause(Duration.ofMillis(100)).thenCut());

    HttpResponse<String> response =
        client.post(PATH, "{\"model\":\"steady-1\",\"input\":\"hi\",\"stream\":true}");

    List<JsonNode> events = events(response.body());
    JsonNode last = events.get(events.size() - 1);
    assertEquals("response.failed", last.path("type").asText());
    assertEquals("upstream.failed", last.path("response").path("error").path("code").asText());
    assertEquals(
        "incomplete", last.path("response").path("output").path(0).path("status").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"input\":\"a\",\"previous_response_id\":\"r\"; previous_response_id",
        "\"input\":\"a\",\"background\":true; background",
        "\"input\":\"a\",\"tools\":[{\"type\":\"web_search\"}]; tools[0]",
        "\"input\":7; input",
        "\"input\":[]; input",
        "\"input\":[{\"type\":\"item_reference\",\"id\":\"m\"}]; input[0]",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\"}]}]; input[0].content",
        "\"input\":\"a\",\"max_output_tokens\":0; max_output_tokens"
      })
  void refusesWhatItCannotDo(String members, String param) throws Exception {
    HttpResponse<String> response = client.post(PATH, "{\"model\":\"steady-1\"," + members + "}");

    assertEquals(400, response.statusCode(), response.body());
    assertEquals(param, GatewayClient.read(response.body()).path("error").path("param").asText());
  }

  @Test
  void saysThatAnAnswerWasCutShort() throws Exception {
    model
        .server()
        .reply(
            Reply.json(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}"));

    JsonNode response =
        GatewayClient.read(client.post(PATH, "{\"model\":\"steady-1\",\"input\":\"hi\"}").body());

    assertEquals("incomplete", response.path("status").asText());
    assertEquals("max_output_tokens", response.path("incomplete_details").path("reason").asText());
    assertTrue(response.path("usage").path("estimated").asBoolean());
  }

  private JsonNode sent() {
    var requests = model.server().requests();
    return GatewayClient.read(requests.get(requests.size() - 1).body());
  }

  private static List<String> types(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring("event: ".length()))
        .toList();
  }

  private static List<JsonNode> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> GatewayClient.read(line.substring("data: ".length())))
        .toList();
  }
}
