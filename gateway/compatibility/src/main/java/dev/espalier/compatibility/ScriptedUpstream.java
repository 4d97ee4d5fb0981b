package dev.espalier.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A language model with known answers. It calls the first tool when the last message asks for it,
 * answers in JSON where a format is asked for, and can speak without end.
 */
final class ScriptedUpstream {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANSWER = "This is scripted.";
  private static final Map<String, Integer> USAGE =
      Map.of("prompt_tokens", 9, "completion_tokens", 4, "total_tokens", 13);

  private ScriptedUpstream() {}

  static void start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/chat/completions", ScriptedUpstream::complete);
    server.start();
    System.out.println("scripted model on port " + port);
  }

  private static void complete(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode asked = JSON.readTree(exchange.getRequestBody());
      JsonNode last = asked.path("messages").path(asked.path("messages").size() - 1);
      boolean callsTool =
          asked.path("tools").size() > 0 && last.toString().contains("call the tool");
      String text = asked.has("response_format") ? "{\"answer\":\"scripted\"}" : ANSWER;
      if (!asked.path("stream").asBoolean()) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", callsTool ? null : text);
        message.put("refusal", null);
        if (callsTool) {
          message.put("tool_calls", List.of(toolCall(asked)));
        }
        answer(exchange, asked, message, callsTool ? "tool_calls" : "stop");
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      if (last.toString().contains("speak without end")) {
        speak(out, asked);
      }
      for (Map<String, Object> delta : deltas(asked, callsTool, text)) {
        send(out, chunk(asked, List.of(choice("delta", delta, null))));
      }
      send(
          out, chunk(asked, List.of(choice("delta", Map.of(), callsTool ? "tool_calls" : "stop"))));
      if (asked.path("stream_options").path("include_usage").asBoolean()) {
        Map<String, Object> end = new LinkedHashMap<>(chunk(asked, List.of()));
        end.put("usage", USAGE);
        send(out, end);
      }
      out.write("data: [DONE]\n\n".getBytes(UTF_8));
    }
  }

  private static void answer(
      HttpExchange exchange, JsonNode asked, Map<String, Object> message, String reason)
      throws IOException {
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1_700_000_000,
                "model",
                asked.path("model").asText(),
                "choices",
                List.of(choice("message", message, reason)),
                "usage",
                USAGE));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Until the client has gone: then writing fails. */
  private static void speak(OutputStream out, JsonNode asked) throws IOException {
    for (int i = 0; i < 100_000; i++) {
      send(out, chunk(asked, List.of(choice("delta", Map.of("content", "on and "), null))));
    }
  }

  private static List<Map<String, Object>> deltas(JsonNode asked, boolean callsTool, String text) {
    List<Map<String, Object>> deltas = new ArrayList<>();
    if (callsTool) {
      deltas.add(Map.of("role", "assistant", "tool_calls", List.of(toolCall(asked))));
      return deltas;
    }
    deltas.add(Map.of("role", "assistant", "content", ""));
    for (String piece : text.split("(?<= )")) {
      deltas.add(Map.of("content", piece));
    }
    return deltas;
  }

  private static Map<String, Object> toolCall(JsonNode asked) {
    String name = asked.path("tools").path(0).path("function").path("name").asText();
    return Map.of(
        "index",
        0,
        "id",
        "call_1",
        "type",
        "function",
        "function",
        Map.of("name", name, "arguments", "{\"city\":\"Ghent\"}"));
  }

  private static Map<String, Object> choice(
      String kind, Map<String, Object> said, @Nullable String reason) {
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put(kind, said);
    choice.put("logprobs", null);
    choice.put("finish_reason", reason);
    return choice;
  }

  private static Map<String, Object> chunk(JsonNode asked, List<Map<String, Object>> choices) {
    return Map.of(
        "id",
        "chatcmpl-1",
        "object",
        "chat.completion.chunk",
        "created",
        1_700_000_000,
        "model",
        asked.path("model").asText(),
        "choices",
        choices);
  }

  private static void send(OutputStream out, Map<String, Object> event) throws IOException {
    out.write(("data: " + JSON.writeValueAsString(event) + "\n\n").getBytes(UTF_8));
    out.flush();
  }
}
