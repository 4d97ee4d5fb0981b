package dev.espalier.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What an OpenAPI document leaves without a limit, as JSON pointers. */
final class Unbounded {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final List<String> DECLARED = List.of("401", "403", "429", "500");

  private Unbounded() {}

  static List<String> in(JsonNode document) {
    List<String> found = new ArrayList<>();
    collect("", document, found);
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .forEach(
                        operation ->
                            DECLARED.stream()
                                .filter(code -> !operation.getValue().path("responses").has(code))
                                .forEach(
                                    code ->
                                        found.add(
                                            operation.getKey()
                                                + " "
                                                + path.getKey()
                                                + " without "
                                                + code))));
    return found;
  }

  private static void collect(String at, JsonNode node, List<String> found) {
    if (isOf(node, "string") && lacks(node, "maxLength", "enum", "const")
        || isOf(node, "array") && lacks(node, "maxItems")
        || isOf(node, "integer") && lacks(node, "maximum", "exclusiveMaximum")
        || isOf(node, "integer") && lacks(node, "minimum", "exclusiveMinimum")) {
      found.add(at);
    }
    node.properties()
        .forEach(member -> collect(at + "/" + member.getKey(), member.getValue(), found));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(at + "/" + i, node.path(i), found);
    }
  }

  private static boolean isOf(JsonNode node, String type) {
    JsonNode types = node.path("type");
    if (types.isTextual()) {
      return types.asText().equals(type);
    }
    for (JsonNode one : types) {
      if (types.isArray() && one.asText().equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static boolean lacks(JsonNode schema, String... keywords) {
    return Stream.of(keywords).noneMatch(schema::has);
  }
}
