package dev.espalier.gateway.compat.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Checks what we rely on in a request for a chat or a completion; the model's server checks the
 * rest.
 */
final class ChatRequest {

  private static final int MAX_MODEL = 256;
  private static final int MAX_MESSAGES = 5000;
  private static final long MAX_TOKENS = 10_000_000;
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  private static final Members COMMON =
      new Members()
          .flag("stream")
          .object("stream_options")
          .whole("max_tokens", 0, MAX_TOKENS)
          .whole("max_completion_tokens", 0, MAX_TOKENS)
          .whole("n", 1, 128)
          .whole("seed", Long.MIN_VALUE, Long.MAX_VALUE)
          .number("temperature", 0, 2)
          .number("top_p", 0, 1)
          .number("frequency_penalty", -2, 2)
          .number("presence_penalty", -2, 2)
          .object("logit_bias")
          .rule(
              "stop", stop -> stop instanceof String || stop instanceof JsonArray, "text or a list")
          .text("user");

  private static final Members CHAT =
      new Members()
          .list("messages")
          .list("tools")
          .rule(
              "tool_choice",
              choice -> choice instanceof String || choice instanceof JsonObject,
              "a text or an object")
          .object("response_format")
          .object("metadata")
          .flag("parallel_tool_calls")
          .flag("logprobs")
          .whole("top_logprobs", 0, 20);

  private ChatRequest() {}

  /**
   * @throws dev.espalier.protocol.ProblemException {@code request.invalid}
   */
  static void checkChat(JsonObject body) {
    checkModel(body);
    COMMON.check(body);
    CHAT.check(body);
    JsonArray messages = body.getJsonArray("messages");
    if (messages == null || messages.isEmpty() || messages.size() > MAX_MESSAGES) {
      throw Members.invalid("messages", "messages must be a list of 1 to " + MAX_MESSAGES);
    }
    for (int i = 0; i < messages.size(); i++) {
      checkMessage(messages.getValue(i), "messages[" + i + "]");
    }
  }

  static void checkCompletion(JsonObject body) {
    checkModel(body);
    COMMON.check(body);
    Object prompt = body.getValue("prompt");
    if (!(prompt instanceof String) && !(prompt instanceof JsonArray)) {
      throw Members.invalid("prompt", "prompt must be a text or a list");
    }
  }

  static void checkModel(JsonObject body) {
    if (!(body.getValue("model") instanceof String model)
        || model.isBlank()
        || model.length() > MAX_MODEL) {
      throw Members.invalid("model", "model must be the name of a model");
    }
  }

  private static void checkMessage(Object message, String where) {
    if (!(message instanceof JsonObject object)
        || !(object.getValue("role") instanceof String role)
        || !ROLES.contains(role)) {
      throw Members.invalid(where, where + " must be an object with one of the roles " + ROLES);
    }
    Object content = object.getValue("content");
    if (content != null && !(content instanceof String) && !(content instanceof JsonArray)) {
      throw Members.invalid(where + ".content", where + ".content must be a text or a list");
    }
  }
}
