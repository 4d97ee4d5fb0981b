package dev.espalier.gateway.compat.openai;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That a chat belongs to a conversation.
 *
 * @param conversation as the client calls it
 * @param isRequired whether the chat may not happen without its memory
 * @param idempotencyKey the client's own mark of this request, if it sent one
 */
record MemoryWish(String conversation, boolean isRequired, @Nullable String idempotencyKey) {

  static final String HEADER = "X-Conversation-Id";

  private static final String MEMBER = "conversation_id";
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,190}");

  /**
   * @throws dev.espalier.protocol.ProblemException {@code request.invalid}
   */
  static Optional<MemoryWish> of(MultiMap headers, JsonObject body) {
    Object named = headers.get(HEADER);
    if (named == null && body.getValue("metadata") instanceof JsonObject metadata) {
      named = metadata.getValue(MEMBER);
    }
    if (named == null) {
      return Optional.empty();
    }
    if (!(named instanceof String name) || !NAME.matcher(name).matches()) {
      throw Members.invalid(MEMBER, "the conversation is 1-190 characters of visible ASCII");
    }
    return Optional.of(
        new MemoryWish(
            name,
            "required".equalsIgnoreCase(headers.get("X-Memory")),
            headers.get("Idempotency-Key")));
  }

  /** The body without what only we understand. */
  static JsonObject stripped(JsonObject body) {
    if (!(body.getValue("metadata") instanceof JsonObject metadata)
        || !metadata.containsKey(MEMBER)) {
      return body;
    }
    Map<String, Object> others = new LinkedHashMap<>(metadata.getMap());
    others.remove(MEMBER);
    Map<String, Object> stripped = new LinkedHashMap<>(body.getMap());
    if (others.isEmpty()) {
      stripped.remove("metadata");
    } else {
      stripped.put("metadata", others);
    }
    return new JsonObject(stripped);
  }
}
