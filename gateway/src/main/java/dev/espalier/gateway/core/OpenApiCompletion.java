package dev.espalier.gateway.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in a description what goes without saying where it was written: what an answer without a
 * description is, what the gateway adds to every answer, and how large a value can be. Where a
 * schema has no limit of its own, that of the request it came in is one: no service has a longer
 * text than it was given.
 */
final class OpenApiCompletion {

  /**
   * The largest request, in bytes, and therefore in characters.
   *
   * @param uri path and query
   * @param header all of them together
   */
  record Sizes(long body, long header, long uri) {}

  private static final Map<String, String> ANSWERS =
      Map.of(
          "200", "Done",
          "201", "Created",
          "202", "Accepted",
          "204", "Done, without a body",
          "304", "Not changed");

  private static final Map<String, String> REFUSALS =
      Map.of("401", "Unauthorized", "403", "Forbidden", "429", "TooManyRequests", "500", "Failed");

  private static final List<String> HEADERS =
      List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "X-Request-Id");

  private static final Map<String, Integer> LONGEST_OF_FORMAT =
      Map.of("uuid", 36, "date-time", 40, "date", 10);

  /** A pattern that is a list of words: {@code ^(?:a|b)$}, or {@code a|b}. */
  private static final Pattern WORDS =
      Pattern.compile("(?:\\^\\(\\?:)?([a-z0-9_-]+(?:\\|[a-z0-9_-]+)+)(?:\\)\\$)?");

  private final Sizes sizes;

  OpenApiCompletion(Sizes sizes) {
    this.sizes = sizes;
  }

  /** Path items, or one of them. */
  Object ofPaths(Object paths) {
    return complete(paths, sizes.body, true);
  }

  /** Components: their answers belong to operations of which this says the rest. */
  Object ofComponents(Object components) {
    return complete(components, sizes.body, false);
  }

  private Object complete(Object node, long longest, boolean isOfOperations) {
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(value -> copy.add(complete(value, longest, isOfOperations)));
      return copy;
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    long longestInside =
        switch (String.valueOf(map.get("in"))) {
          case "path", "query" -> sizes.uri;
          case "header", "cookie" -> sizes.header;
          default -> longest;
        };
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            copy.put(
                key,
                key.equals("responses") && value instanceof Map<?, ?> answers
                    ? answers(answers, longestInside, isOfOperations)
                    : complete(value, longestInside, isOfOperations)));
    limit(copy, longestInside);
    return copy;
  }

  private Map<Object, Object> answers(Map<?, ?> answers, long longest, boolean isOfOperation) {
    Map<Object, Object> completed = new LinkedHashMap<>();
    answers.forEach(
        (status, answer) ->
            completed.put(
                status,
                answer instanceof Map<?, ?> map && !map.containsKey("$ref")
                    ? answer(status, map, longest, isOfOperation)
                    : answer));
    if (isOfOperation) {
      REFUSALS.forEach(
          (status, name) ->
              completed.putIfAbsent(status, Map.of("$ref", "#/components/responses/" + name)));
    }
    return completed;
  }

  private Map<Object, Object> answer(
      Object status, Map<?, ?> answer, long longest, boolean isOfOperations) {
    Map<Object, Object> copy = new LinkedHashMap<>();
    answer.forEach((key, value) -> copy.put(key, complete(value, longest, isOfOperations)));
    copy.putIfAbsent("description", ANSWERS.getOrDefault(status, "An answer"));
    Map<Object, Object> headers = new LinkedHashMap<>();
    HEADERS.forEach(name -> headers.put(name, Map.of("$ref", "#/components/headers/" + name)));
    if (copy.get("headers") instanceof Map<?, ?> own) {
      headers.putAll(own);
    }
    copy.put("headers", headers);
    return copy;
  }

  private static void limit(Map<Object, Object> schema, long longest) {
    Object type = schema.get("type");
    List<?> types = type instanceof List<?> several ? several : List.of(String.valueOf(type));
    if (types.contains("integer")) {
      limitInteger(schema);
    }
    if (types.contains("string")) {
      limitText(schema, longest);
    }
    if (types.contains("array")) {
      // An element and a comma are two bytes at least.
      schema.putIfAbsent("maxItems", longest / 2);
    }
  }

  private static void limitInteger(Map<Object, Object> schema) {
    boolean isShort = "int32".equals(schema.get("format"));
    schema.putIfAbsent("format", "int64");
    if (!schema.containsKey("exclusiveMinimum")) {
      schema.putIfAbsent("minimum", isShort ? Integer.MIN_VALUE : Long.MIN_VALUE);
    }
    if (!schema.containsKey("exclusiveMaximum")) {
      schema.putIfAbsent("maximum", isShort ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }
  }

  private static void limitText(Map<Object, Object> schema, long longest) {
    if (schema.containsKey("enum") || schema.containsKey("const")) {
      return;
    }
    Matcher words = WORDS.matcher(String.valueOf(schema.get("pattern")));
    if (words.matches()) {
      schema.remove("pattern");
      schema.put("enum", List.of(words.group(1).split("\\|")));
      return;
    }
    Integer ofFormat = LONGEST_OF_FORMAT.get(String.valueOf(schema.get("format")));
    schema.putIfAbsent("maxLength", ofFormat == null ? longest : ofFormat.longValue());
  }
}
