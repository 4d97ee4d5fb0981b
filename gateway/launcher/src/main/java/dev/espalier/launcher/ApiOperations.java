package dev.espalier.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a tenant can do, by the merged API description. */
final class ApiOperations {

  /**
   * An operation.
   *
   * @param method in lower case
   * @param path with its parameters in braces
   * @param contentType of its body
   */
  record Operation(String method, String path, String contentType) {}

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final String ADMIN = "/v1/admin";
  private static final Pattern ID = Pattern.compile("(.*_)?ids?");
  private static final int MAX_DEPTH = 6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final List<Operation> all;

  private ApiOperations(JsonNode document, List<Operation> all) {
    this.document = document;
    this.all = List.copyOf(all);
  }

  /**
   * @throws LaunchException if a service is missing from the description
   */
  static ApiOperations of(JsonNode document) {
    if (document.has("x-espalier-missing-services")) {
      throw new LaunchException("not described: " + document.path("x-espalier-missing-services"));
    }
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .filter(method -> !path.getKey().startsWith(ADMIN))
                    .map(
                        method ->
                            new Operation(
                                method.getKey(), path.getKey(), contentType(method.getValue())))
                    .forEach(all::add));
    return new ApiOperations(document, all);
  }

  List<Operation> all() {
    return all;
  }

  /** A body that the schema of the operation allows, with this id wherever one belongs. */
  JsonNode example(Operation operation, String id) {
    JsonNode schema =
        document
            .path("paths")
            .path(operation.path())
            .path(operation.method())
            .path("requestBody")
            .path("content")
            .path(operation.contentType())
            .path("schema");
    return schema.isMissingNode() ? JSON.createObjectNode() : value(schema, "", id, 0);
  }

  private JsonNode value(JsonNode given, String name, String id, int depth) {
    JsonNode schema = resolved(given);
    JsonNodeFactory make = JsonNodeFactory.instance;
    String type =
        schema.path("type").isArray()
            ? schema.path("type").path(0).asText()
            : schema.path("type").asText("object");
    if (schema.path("enum").isArray()) {
      return schema.path("enum").path(0);
    }
    return switch (type) {
      case "string" -> make.textNode(ID.matcher(name).matches() ? id : "Tour");
      case "integer", "number" -> make.numberNode(Math.max(1, schema.path("minimum").asLong(1)));
      case "boolean" -> make.booleanNode(false);
      case "array" -> {
        ArrayNode array = make.arrayNode();
        yield depth > MAX_DEPTH
            ? array
            : array.add(value(schema.path("items"), name, id, depth + 1));
      }
      default -> object(schema, id, depth);
    };
  }

  private ObjectNode object(JsonNode schema, String id, int depth) {
    ObjectNode object = JSON.createObjectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(member -> required.add(member.asText()));
    for (var property : schema.path("properties").properties()) {
      boolean isWanted =
          required.contains(property.getKey()) || ID.matcher(property.getKey()).matches();
      if (isWanted && depth <= MAX_DEPTH) {
        object.set(property.getKey(), value(property.getValue(), property.getKey(), id, depth + 1));
      }
    }
    return object;
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode current = schema;
    for (int i = 0; i < MAX_DEPTH; i++) {
      JsonNode next =
          current.has("$ref")
              ? document.at(current.path("$ref").asText().substring(1))
              : current.path("allOf").path(0);
      for (String choice : List.of("anyOf", "oneOf")) {
        next = next.isMissingNode() ? current.path(choice).path(0) : next;
      }
      if (next.isMissingNode()) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static String contentType(JsonNode operation) {
    JsonNode content = operation.path("requestBody").path("content");
    return content.isEmpty() || content.has("application/json")
        ? "application/json"
        : content.fieldNames().next();
  }
}
