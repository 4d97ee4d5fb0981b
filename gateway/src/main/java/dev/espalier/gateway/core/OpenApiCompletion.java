package dev.espalier.gateway.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says in a description what goes without saying where it was written: what an answer without a
 * description is, and how large an integer can be.
 */
final class OpenApiCompletion {

  private static final Map<String, String> ANSWERS =
      Map.of(
          "200", "Done",
          "201", "Created",
          "202", "Accepted",
          "204", "Done, without a body",
          "304", "Not changed");

  private OpenApiCompletion() {}

  static Object complete(Object node) {
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(value -> copy.add(complete(value)));
      return copy;
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            copy.put(
                key,
                key.equals("responses") && value instanceof Map<?, ?> answers
                    ? described(answers)
                    : complete(value)));
    Object type = copy.get("type");
    if ("integer".equals(type) || type instanceof List<?> types && types.contains("integer")) {
      limit(copy);
    }
    return copy;
  }

  private static Map<Object, Object> described(Map<?, ?> answers) {
    Map<Object, Object> described = new LinkedHashMap<>();
    answers.forEach(
        (status, answer) -> {
          Object completed = complete(answer);
          if (completed instanceof Map<?, ?> map && !map.containsKey("$ref")) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.putIfAbsent("description", ANSWERS.getOrDefault(status, "An answer"));
            completed = copy;
          }
          described.put(status, completed);
        });
    return described;
  }

  private static void limit(Map<Object, Object> schema) {
    boolean isShort = "int32".equals(schema.get("format"));
    schema.putIfAbsent("format", "int64");
    if (!schema.containsKey("exclusiveMinimum")) {
      schema.putIfAbsent("minimum", isShort ? Integer.MIN_VALUE : Long.MIN_VALUE);
    }
    if (!schema.containsKey("exclusiveMaximum")) {
      schema.putIfAbsent("maximum", isShort ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }
  }
}
