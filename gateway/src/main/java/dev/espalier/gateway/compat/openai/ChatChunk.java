package dev.espalier.gateway.compat.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Answers of ours in the form of chat completions. */
record ChatChunk(String id, long created, String model) {

  /** A piece of a stream. */
  JsonObject delta(JsonObject delta, @Nullable String finishReason) {
    JsonObject choice =
        new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", finishReason);
    return document("chat.completion.chunk").put("choices", new JsonArray().add(choice));
  }

  /** The last piece, for those who asked for it. */
  JsonObject usage(JsonObject usage) {
    return document("chat.completion.chunk").put("choices", new JsonArray()).put("usage", usage);
  }

  /** A whole answer. */
  JsonObject whole(JsonObject message, String finishReason, JsonObject usage) {
    JsonObject choice =
        new JsonObject()
            .put("index", 0)
            .put("message", message)
            .put("logprobs", null)
            .put("finish_reason", finishReason);
    return document("chat.completion")
        .put("choices", new JsonArray().add(choice))
        .put("usage", usage);
  }

  private JsonObject document(String object) {
    return new JsonObject()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }
}
