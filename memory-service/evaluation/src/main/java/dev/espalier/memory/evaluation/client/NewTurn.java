package dev.espalier.memory.evaluation.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A turn to append. */
public record NewTurn(
    @Nullable String speaker,
    String content,
    @Nullable Instant occurredAt,
    @Nullable String clientTurnId) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("role", "user").put("content", content);
    if (speaker != null) {
      json.put("speaker", speaker);
    }
    if (occurredAt != null) {
      json.put("occurred_at", occurredAt.toString());
    }
    if (clientTurnId != null) {
      json.put("client_turn_id", clientTurnId);
    }
    return json;
  }
}
