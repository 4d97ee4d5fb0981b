package dev.espalier.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A language model that says what the test tells it to, in the shape of OpenAI's chat completions:
 * as events when the request asks for a stream, else as one document.
 */
public final class ScriptedLlm implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "chatcmpl-scripted";

  private final ScriptedServer server = ScriptedServer.start();

  /** The base address that clients append {@code /chat/completions} to. */
  public URI baseUri() {
    return server.uri().resolve("/v1");
  }

  /** The server beneath, for replies that no healthy model gives. */
  public ScriptedServer server() {
    return server;
  }

  /** Scripts an answer; its usage counts a token per word. */
  public ScriptedLlm answer(String content) {
    server.reply(request -> completion(request, content));
    return this;
  }

  /** Scripts a refusal in OpenAI's error envelope. */
  public ScriptedLlm refuse(int status, String message) {
    server.reply(
        Reply.json(status, write(Map.of("error", Map.of("message", message, "type", "scripted")))));
    return this;
  }

  @Override
  public void close() {
    server.close();
  }

  private static Reply completion(ReceivedRequest request, String content) {
    JsonNode asked = read(request.body());
    String model = asked.path("model").asText("scripted");
    Map<String, Object> usage = usage(asked, content);
    if (!asked.path("stream").asBoolean()) {
      Map<String, Object> choice =
          Map.of(
              "index",
              0,
              "message",
              Map.of("role", "assistant", "content", content),
              "finish_reason",
              "stop");
      return Reply.json(200, document("chat.completion", model, List.of(choice), usage));
    }
    List<String> events = new ArrayList<>();
    for (String piece : content.split("(?<= )")) {
      events.add(chunk(model, List.of(choice(Map.of("content", piece), null))));
    }
    events.add(chunk(model, List.of(choice(Map.of(), "stop"))));
    if (asked.path("stream_options").path("include_usage").asBoolean()) {
      events.add(document("chat.completion.chunk", model, List.of(), usage));
    }
    events.add("[DONE]");
    return Reply.events(events.toArray(String[]::new));
  }

  private static Map<String, Object> choice(
      Map<String, String> delta, @Nullable String finishReason) {
    return finishReason == null
        ? Map.of("index", 0, "delta", delta)
        : Map.of("index", 0, "delta", delta, "finish_reason", finishReason);
  }

  private static String chunk(String model, List<?> choices) {
    return write(
        Map.of("id", ID, "object", "chat.completion.chunk", "model", model, "choices", choices));
  }

  private static String document(
      String object, String model, List<?> choices, Map<String, Object> usage) {
    return write(
        Map.of("id", ID, "object", object, "model", model, "choices", choices, "usage", usage));
  }

  private static Map<String, Object> usage(JsonNode asked, String content) {
    int prompt =
        asked.path("messages").findValuesAsText("content").stream()
            .mapToInt(ScriptedLlm::words)
            .sum();
    int completion = words(content);
    return Map.of(
        "prompt_tokens", prompt,
        "completion_tokens", completion,
        "total_tokens", prompt + completion);
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the request is not JSON", e);
    }
  }

  private static String write(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
