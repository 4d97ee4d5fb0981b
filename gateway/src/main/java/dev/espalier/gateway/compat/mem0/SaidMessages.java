package dev.espalier.gateway.compat.mem0;

import dev.espalier.gateway.core.memories.FactExtractor.Said;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was said, as clients send it: a text, a message, or a list of messages. */
final class SaidMessages {

  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
  private static final int MOST = 1_000;

  private SaidMessages() {}

  static List<Said> of(@Nullable Object messages) {
    List<?> all =
        messages instanceof List<?> list ? list : messages == null ? List.of() : List.of(messages);
    if (all.isEmpty() || all.size() > MOST) {
      throw Mem0Request.invalid("messages are 1 to " + MOST);
    }
    return all.stream().map(SaidMessages::message).toList();
  }

  private static Said message(@Nullable Object message) {
    if (message instanceof String text) {
      return said("user", text);
    }
    if (message instanceof Map<?, ?> map) {
      Object role = map.get("role");
      return said(
          role instanceof String name && ROLES.contains(name) ? name : "user",
          content(map.get("content")));
    }
    throw Mem0Request.invalid("a message is a text or an object");
  }

  private static Said said(String role, String text) {
    if (text.isBlank()) {
      throw Mem0Request.invalid("a message is empty");
    }
    return new Said(role, text);
  }

  private static String content(@Nullable Object content) {
    if (content instanceof String text) {
      return text;
    }
    if (content instanceof List<?> parts) {
      return parts.stream().map(SaidMessages::part).collect(Collectors.joining("\n"));
    }
    return part(content);
  }

  private static String part(@Nullable Object part) {
    if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
      return text;
    }
    throw Mem0Request.invalid("only text can be remembered");
  }
}
