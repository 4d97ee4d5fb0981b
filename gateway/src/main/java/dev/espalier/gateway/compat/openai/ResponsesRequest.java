package dev.espalier.gateway.compat.openai;

import dev.espalier.protocol.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * A request of the responses API as one for a chat: the part of it that needs nothing kept between
 * requests. Members that the chat knows under the same name go along as they are.
 */
final class ResponsesRequest {

  private static final Members MEMBERS =
      new Members()
          .text("instructions")
          .whole("max_output_tokens", 1, 10_000_000)
          .list("tools")
          .object("text")
          .object("reasoning")
          .object("metadata")
          .flag("store")
          .flag("background")
          .list("include");

  /** What would need state of ours. */
  private static final List<String> STATEFUL =
      List.of("previous_response_id", "conversation", "prompt");

  private static final Set<String> TRANSLATED =
      Set.of(
          "input",
          "instructions",
          "max_output_tokens",
          "tools",
          "tool_choice",
          "text",
          "reasoning",
          "store",
          "background",
          "include",
          "truncation",
          "stream_options",
          "max_tool_calls",
          "previous_response_id",
          "conversation",
          "prompt");

  private ResponsesRequest() {}

  /**
   * @throws ProblemException {@code request.invalid} for what is wrong or needs state
   */
  static JsonObject toChat(JsonObject request) {
    ChatRequest.checkModel(request);
    MEMBERS.check(request);
    for (String member : STATEFUL) {
      if (request.getValue(member) != null) {
        throw Members.invalid(member, "nothing is kept between requests: send all of the input");
      }
    }
    if (Boolean.TRUE.equals(request.getBoolean("background"))) {
      throw Members.invalid("background", "nothing is kept between requests");
    }
    JsonObject chat = new JsonObject();
    for (String member : request.fieldNames()) {
      if (!TRANSLATED.contains(member)) {
        chat.put(member, request.getValue(member));
      }
    }
    chat.put("messages", messages(request));
    if (request.getValue("max_output_tokens") != null) {
      chat.put("max_tokens", request.getValue("max_output_tokens"));
    }
    putTools(request, chat);
    putFormat(request, chat);
    JsonObject reasoning = request.getJsonObject("reasoning");
    if (reasoning != null && reasoning.getValue("effort") != null) {
      chat.put("reasoning_effort", reasoning.getValue("effort"));
    }
    ChatRequest.checkChat(chat);
    return chat;
  }

  private static JsonArray messages(JsonObject request) {
    JsonArray messages = new JsonArray();
    if (request.getString("instructions") != null) {
      messages.add(message("system", request.getString("instructions")));
    }
    Object input = request.getValue("input");
    if (input instanceof String text) {
      return messages.add(message("user", text));
    }
    if (!(input instanceof JsonArray items) || items.isEmpty()) {
      throw Members.invalid("input", "input must be a text or a list of items");
    }
    for (int i = 0; i < items.size(); i++) {
      if (!(items.getValue(i) instanceof JsonObject item)) {
        throw Members.invalid("input[" + i + "]", "an item must be an object");
      }
      add(messages, item, "input[" + i + "]");
    }
    return messages;
  }

  private static void add(JsonArray messages, JsonObject item, String where) {
    Object type = item.getValue("type", "message");
    if ("message".equals(type) && item.getValue("role") instanceof String role) {
      messages.add(message(role, content(item.getValue("content"), where)));
    } else if ("function_call".equals(type)) {
      toolCalls(messages)
          .add(
              new JsonObject()
                  .put("id", item.getValue("call_id"))
                  .put("type", "function")
                  .put(
                      "function",
                      new JsonObject()
                          .put("name", item.getValue("name"))
                          .put("arguments", item.getValue("arguments"))));
    } else if ("function_call_output".equals(type)) {
      messages.add(
          message("tool", MessageText.of(item.getValue("output")))
              .put("tool_call_id", item.getValue("call_id")));
    } else if (!"reasoning".equals(type)) {
      throw Members.invalid(where, "items of this type are not supported");
    }
  }

  /** Calls that follow each other belong to one message. */
  private static JsonArray toolCalls(JsonArray messages) {
    if (!messages.isEmpty()) {
      JsonObject last = messages.getJsonObject(messages.size() - 1);
      if ("assistant".equals(last.getString("role"))) {
        JsonArray calls = last.getJsonArray("tool_calls");
        if (calls == null) {
          calls = new JsonArray();
          last.put("tool_calls", calls);
        }
        return calls;
      }
    }
    JsonArray calls = new JsonArray();
    messages.add(
        new JsonObject().put("role", "assistant").put("content", null).put("tool_calls", calls));
    return calls;
  }

  private static Object content(Object content, String where) {
    if (!(content instanceof JsonArray parts)) {
      if (content instanceof String) {
        return content;
      }
      throw Members.invalid(where + ".content", "content must be a text or a list of parts");
    }
    boolean isText = true;
    JsonArray translated = new JsonArray();
    for (Object part : parts) {
      JsonObject object = part instanceof JsonObject it ? it : new JsonObject();
      switch (String.valueOf(object.getValue("type"))) {
        case "input_text", "output_text", "text" ->
            translated.add(
                new JsonObject().put("type", "text").put("text", object.getValue("text")));
        case "refusal" ->
            translated.add(
                new JsonObject().put("type", "text").put("text", object.getValue("refusal")));
        case "input_image" -> {
          isText = false;
          translated.add(
              new JsonObject()
                  .put("type", "image_url")
                  .put(
                      "image_url",
                      new JsonObject()
                          .put("url", object.getValue("image_url"))
                          .put("detail", object.getValue("detail", "auto"))));
        }
        default ->
            throw Members.invalid(where + ".content", "parts of this type are not supported");
      }
    }
    return isText ? MessageText.of(translated) : translated;
  }

  private static void putTools(JsonObject request, JsonObject chat) {
    JsonArray tools = request.getJsonArray("tools");
    if (tools != null && !tools.isEmpty()) {
      JsonArray translated = new JsonArray();
      for (int i = 0; i < tools.size(); i++) {
        JsonObject tool = tools.getValue(i) instanceof JsonObject it ? it : new JsonObject();
        if (!"function".equals(tool.getValue("type"))) {
          throw Members.invalid("tools[" + i + "]", "only functions are supported");
        }
        JsonObject function = new JsonObject();
        for (String member : new String[] {"name", "description", "parameters", "strict"}) {
          if (tool.getValue(member) != null) {
            function.put(member, tool.getValue(member));
          }
        }
        translated.add(new JsonObject().put("type", "function").put("function", function));
      }
      chat.put("tools", translated);
    }
    Object choice = request.getValue("tool_choice");
    if (choice instanceof JsonObject named) {
      chat.put(
          "tool_choice",
          new JsonObject()
              .put("type", "function")
              .put("function", new JsonObject().put("name", named.getValue("name"))));
    } else if (choice != null) {
      chat.put("tool_choice", choice);
    }
  }

  private static void putFormat(JsonObject request, JsonObject chat) {
    JsonObject text = request.getJsonObject("text", new JsonObject());
    if (text.getValue("verbosity") != null) {
      chat.put("verbosity", text.getValue("verbosity"));
    }
    if (!(text.getValue("format") instanceof JsonObject format)) {
      return;
    }
    if ("json_object".equals(format.getValue("type"))) {
      chat.put("response_format", new JsonObject().put("type", "json_object"));
    } else if ("json_schema".equals(format.getValue("type"))) {
      JsonObject schema = new JsonObject();
      for (String member : new String[] {"name", "description", "schema", "strict"}) {
        if (format.getValue(member) != null) {
          schema.put(member, format.getValue(member));
        }
      }
      chat.put(
          "response_format",
          new JsonObject().put("type", "json_schema").put("json_schema", schema));
    }
  }

  private static JsonObject message(String role, Object content) {
    return new JsonObject().put("role", role).put("content", content);
  }
}
