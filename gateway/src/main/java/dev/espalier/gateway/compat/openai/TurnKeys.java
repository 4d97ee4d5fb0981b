package dev.espalier.gateway.compat.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names for the turns of a request, so that one that is sent again stores them once: by the
 * client's idempotency key; else, where the request tells what was said before, by all of that;
 * else by the request's id.
 */
record TurnKeys(String base) {

  static TurnKeys of(ChatTurn turn, @Nullable String idempotencyKey) {
    if (idempotencyKey != null) {
      return new TurnKeys(hash("key " + idempotencyKey));
    }
    JsonArray messages = turn.body().getJsonArray("messages");
    return new TurnKeys(
        hash(hasHistory(messages) ? "history " + said(messages) : "request " + turn.requestId()));
  }

  /** Whether the client itself says what was answered before. */
  static boolean hasHistory(JsonArray messages) {
    for (int i = 0; i < messages.size(); i++) {
      if ("assistant".equals(messages.getJsonObject(i).getString("role"))) {
        return true;
      }
    }
    return false;
  }

  String ofUser(int number) {
    return "u" + number + "-" + base;
  }

  /** A whole answer may follow one that was cut off. */
  String ofAssistant(boolean isInterrupted) {
    return (isInterrupted ? "i-" : "a-") + base;
  }

  private static String said(JsonArray messages) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < messages.size(); i++) {
      JsonObject message = messages.getJsonObject(i);
      said.append(message.getString("role")).append(' ');
      said.append(MessageText.of(message.getValue("content"))).append('\0');
    }
    return said.toString();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
