package dev.espalier.gateway.compat.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The text of messages; pictures and the like have none. */
final class MessageText {

  private MessageText() {}

  /** A message's content: a text, or the texts among its parts. */
  static String of(@Nullable Object content) {
    if (content instanceof String text) {
      return text;
    }
    StringBuilder joined = new StringBuilder();
    if (content instanceof JsonArray parts) {
      for (Object part : parts) {
        if (part instanceof JsonObject object && object.getValue("text") instanceof String text) {
          joined.append(joined.length() == 0 ? "" : "\n").append(text);
        }
      }
    }
    return joined.toString();
  }

  /** What the user said last, or nothing. */
  static String lastOfUser(JsonArray messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      JsonObject message = messages.getJsonObject(i);
      if ("user".equals(message.getString("role"))) {
        return of(message.getValue("content"));
      }
    }
    return "";
  }
}
