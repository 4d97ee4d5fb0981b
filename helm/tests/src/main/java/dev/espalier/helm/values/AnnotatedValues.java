package dev.espalier.helm.values;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code values.yaml} together with its comments.
 *
 * <p>The values come from a YAML parser; the comments from the lines, which are in block style with
 * two spaces for each level. A comment belongs to the key in the next line. Lines of it that begin
 * with {@code @schema} are a flow mapping for the value's schema.
 */
final class AnnotatedValues {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z][A-Za-z0-9]*):.*");
  private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
  private static final String SCHEMA = "@schema ";

  private record Comment(String description, ObjectNode schema) {}

  private AnnotatedValues() {}

  /**
   * @throws IllegalArgumentException that names the value without a comment
   */
  static List<AnnotatedValue> parse(String text) throws JsonProcessingException {
    return children("", YAML.readTree(text), comments(text));
  }

  private static List<AnnotatedValue> children(
      String path, JsonNode parent, Map<String, Comment> comments) {
    List<AnnotatedValue> children = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : parent.properties()) {
      String name = path + entry.getKey();
      @Nullable Comment comment = comments.get(name);
      if (comment == null) {
        throw new IllegalArgumentException(name + " has no comment");
      }
      JsonNode value = entry.getValue();
      boolean isOurs =
          value.isObject()
              && !comment.schema().has("additionalProperties")
              && !comment.schema().has("$ref");
      children.add(
          new AnnotatedValue(
              entry.getKey(),
              comment.description(),
              comment.schema(),
              value,
              isOurs ? children(name + ".", value, comments) : List.of()));
    }
    return children;
  }

  private static Map<String, Comment> comments(String text) throws JsonProcessingException {
    Map<String, Comment> comments = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    List<String> pending = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      Matcher key = KEY.matcher(line);
      if (comment.matches()) {
        pending.add(comment.group(1));
        continue;
      }
      if (key.matches()) {
        while (path.size() > key.group(1).length() / 2) {
          path.removeLast();
        }
        path.addLast(key.group(2));
        if (!pending.isEmpty()) {
          comments.put(String.join(".", path), comment(pending));
        }
      }
      pending.clear();
    }
    return comments;
  }

  private static Comment comment(List<String> lines) throws JsonProcessingException {
    ObjectNode schema = YAML.createObjectNode();
    List<String> description = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(SCHEMA)) {
        schema.setAll((ObjectNode) YAML.readTree(line.substring(SCHEMA.length())));
      } else {
        description.add(line);
      }
    }
    return new Comment(String.join(" ", description), schema);
  }
}
