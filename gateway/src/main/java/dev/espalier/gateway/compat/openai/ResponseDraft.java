package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.core.llm.TokenUsage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A response that grows with the chunks of a chat, and tells of every step in typed events.
 *
 * <p>Texts become messages, tool calls become function calls, in the order in which they begin.
 * What a model thinks aloud is not shown.
 */
final class ResponseDraft {

  private final JsonObject request;
  private final String id;
  private final long createdAt;
  private final Consumer<JsonObject> events;
  private final List<Item> items = new ArrayList<>();
  private final Map<Integer, Item> calls = new HashMap<>();
  private @Nullable Item open;
  private String finishReason = "stop";
  private int sequence;

  /** An output item; its text is what a message says, or the arguments of a call. */
  private static final class Item {
    final int index;
    final JsonObject head;
    final boolean isMessage;
    final StringBuilder text = new StringBuilder();

    Item(int index, JsonObject head, boolean isMessage) {
      this.index = index;
      this.head = head;
      this.isMessage = isMessage;
    }

    String id() {
      return head.getString("id");
    }

    JsonObject part() {
      return new JsonObject()
          .put("type", "output_text")
          .put("text", text.toString())
          .put("annotations", new JsonArray())
          .put("logprobs", new JsonArray());
    }

    JsonObject body(String status) {
      JsonObject body = head.copy().put("status", status);
      return isMessage
          ? body.put("content", new JsonArray().add(part()))
          : body.put("arguments", text.toString());
    }
  }

  /**
   * @param request as the client sent it
   */
  ResponseDraft(JsonObject request, String requestId, long createdAt, Consumer<JsonObject> events) {
    this.request = request;
    this.id = requestId.replaceAll("[^A-Za-z0-9]", "");
    this.createdAt = createdAt;
    this.events = events;
  }

  void begin() {
    tell("response.created", response("in_progress"));
    tell("response.in_progress", response("in_progress"));
  }

  /** A chunk of a chat; of a whole answer the message stands where a chunk has its delta. */
  void add(JsonObject chunk) {
    JsonArray choices = chunk.getJsonArray("choices", new JsonArray());
    if (choices.isEmpty() || !(choices.getValue(0) instanceof JsonObject choice)) {
      return;
    }
    JsonObject delta = choice.getJsonObject("delta", choice.getJsonObject("message"));
    if (delta != null) {
      String text = MessageText.of(delta.getValue("content"));
      if (!text.isEmpty()) {
        say(text);
      }
      if (delta.getValue("refusal") instanceof String refusal && !refusal.isEmpty()) {
        say(refusal);
      }
      JsonArray toolCalls = delta.getJsonArray("tool_calls");
      for (int i = 0; toolCalls != null && i < toolCalls.size(); i++) {
        call(toolCalls.getJsonObject(i), i);
      }
    }
    if (choice.getValue("finish_reason") instanceof String reason) {
      finishReason = reason;
    }
  }

  /** All of it has come. */
  JsonObject end(TokenUsage usage) {
    close();
    boolean isWhole = !finishReason.equals("length") && !finishReason.equals("content_filter");
    JsonObject response = response(isWhole ? "completed" : "incomplete").put("usage", body(usage));
    if (!isWhole) {
      String reason = finishReason.equals("length") ? "max_output_tokens" : finishReason;
      response.put("incomplete_details", new JsonObject().put("reason", reason));
    }
    tell(isWhole ? "response.completed" : "response.incomplete", response);
    return response;
  }

  /**
   * It broke off.
   *
   * @param error with code and message
   */
  void fail(JsonObject error) {
    JsonObject response = response("failed");
    response.put(
        "error",
        new JsonObject()
            .put("code", error.getValue("code"))
            .put("message", error.getValue("message")));
    tell("response.failed", response);
  }

  private void say(String text) {
    if (open == null || !open.isMessage) {
      close();
      JsonObject head =
          new JsonObject()
              .put("id", "msg_" + id + items.size())
              .put("type", "message")
              .put("role", "assistant");
      open = begin(head, true);
      part("response.content_part.added", open);
    }
    open.text.append(text);
    delta("response.output_text.delta", open, text);
  }

  private void call(JsonObject call, int place) {
    JsonObject function = call.getJsonObject("function", new JsonObject());
    int index = call.getInteger("index", place);
    Item item = calls.get(index);
    if (item == null) {
      close();
      JsonObject head =
          new JsonObject()
              .put("id", "fc_" + id + items.size())
              .put("type", "function_call")
              .put("call_id", call.getValue("id"))
              .put("name", function.getValue("name"));
      item = begin(head, false);
      calls.put(index, item);
      open = item;
    }
    String arguments = function.getString("arguments", "");
    if (!arguments.isEmpty()) {
      item.text.append(arguments);
      delta("response.function_call_arguments.delta", item, arguments);
    }
  }

  private Item begin(JsonObject head, boolean isMessage) {
    Item item = new Item(items.size(), head, isMessage);
    items.add(item);
    JsonObject body = head.copy().put("status", "in_progress");
    tell(
        "response.output_item.added",
        item,
        "item",
        isMessage ? body.put("content", new JsonArray()) : body.put("arguments", ""));
    return item;
  }

  private void close() {
    Item item = open;
    if (item == null) {
      return;
    }
    open = null;
    if (item.isMessage) {
      events.accept(
          event("response.output_text.done", item)
              .put("item_id", item.id())
              .put("content_index", 0)
              .put("text", item.text.toString())
              .put("logprobs", new JsonArray()));
      part("response.content_part.done", item);
    } else {
      events.accept(
          event("response.function_call_arguments.done", item)
              .put("item_id", item.id())
              .put("name", item.head.getValue("name"))
              .put("arguments", item.text.toString()));
    }
    tell("response.output_item.done", item, "item", item.body("completed"));
  }

  private void part(String type, Item item) {
    events.accept(
        event(type, item)
            .put("item_id", item.id())
            .put("content_index", 0)
            .put("part", item.part()));
  }

  private void delta(String type, Item item, String text) {
    JsonObject event = event(type, item).put("item_id", item.id()).put("delta", text);
    events.accept(
        item.isMessage ? event.put("content_index", 0).put("logprobs", new JsonArray()) : event);
  }

  private void tell(String type, Item item, String member, JsonObject value) {
    events.accept(event(type, item).put(member, value));
  }

  private void tell(String type, JsonObject response) {
    events.accept(
        new JsonObject()
            .put("type", type)
            .put("sequence_number", sequence++)
            .put("response", response));
  }

  private JsonObject event(String type, Item item) {
    return new JsonObject()
        .put("type", type)
        .put("sequence_number", sequence++)
        .put("output_index", item.index);
  }

  private JsonObject response(String status) {
    JsonArray output = new JsonArray();
    if (!status.equals("in_progress")) {
      items.forEach(item -> output.add(item.body(item == open ? "incomplete" : "completed")));
    }
    return new JsonObject()
        .put("id", "resp_" + id)
        .put("object", "response")
        .put("created_at", createdAt)
        .put("status", status)
        .put("error", null)
        .put("incomplete_details", null)
        .put("instructions", request.getValue("instructions"))
        .put("max_output_tokens", request.getValue("max_output_tokens"))
        .put("metadata", request.getValue("metadata", new JsonObject()))
        .put("model", request.getValue("model"))
        .put("output", output)
        .put("parallel_tool_calls", request.getValue("parallel_tool_calls", true))
        .put("previous_response_id", null)
        .put("reasoning", new JsonObject().put("effort", null).put("summary", null))
        .put("store", false)
        .put("temperature", request.getValue("temperature"))
        .put("text", text())
        .put("tool_choice", request.getValue("tool_choice", "auto"))
        .put("tools", request.getValue("tools", new JsonArray()))
        .put("top_p", request.getValue("top_p"))
        .put("truncation", "disabled");
  }

  private JsonObject text() {
    return request.getValue("text") instanceof JsonObject text && text.containsKey("format")
        ? text
        : new JsonObject().put("format", new JsonObject().put("type", "text"));
  }

  private static JsonObject body(TokenUsage usage) {
    JsonObject body =
        new JsonObject()
            .put("input_tokens", usage.prompt())
            .put("input_tokens_details", new JsonObject().put("cached_tokens", 0))
            .put("output_tokens", usage.completion())
            .put("output_tokens_details", new JsonObject().put("reasoning_tokens", 0))
            .put("total_tokens", usage.total());
    return usage.isEstimated() ? body.put("estimated", true) : body;
  }
}
