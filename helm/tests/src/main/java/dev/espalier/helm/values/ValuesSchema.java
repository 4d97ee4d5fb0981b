package dev.espalier.helm.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes {@code values.schema.json}: every key that is not ours is a mistake of the operator. */
final class ValuesSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode definitions = JSON.createObjectNode();

  private ValuesSchema() {}

  static JsonNode of(List<AnnotatedValue> values) {
    ValuesSchema maker = new ValuesSchema();
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Values of the chart espalier");
    ObjectNode root = maker.object(values);
    // Helm hands it to every chart, whether it is used or not.
    ((ObjectNode) root.get("properties")).putObject("global").put("type", "object");
    schema.setAll(root);
    schema.set("definitions", maker.definitions);
    return schema;
  }

  private ObjectNode object(List<AnnotatedValue> values) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    values.forEach(value -> properties.set(value.name(), value(value)));
    return schema;
  }

  private ObjectNode value(AnnotatedValue value) {
    if (value.schema().has("$ref")) {
      return reference(value.schema().get("$ref").asText());
    }
    ObjectNode schema =
        value.children().isEmpty()
            ? JSON.createObjectNode().put("type", type(value.byDefault()))
            : object(value.children());
    schema.put("description", value.description());
    ObjectNode added = value.schema().deepCopy();
    JsonNode id = added.remove("$id");
    schema.setAll(added);
    if (id == null) {
      return schema;
    }
    definitions.set(id.asText(), schema);
    return reference(id.asText());
  }

  private static ObjectNode reference(String definition) {
    return JSON.createObjectNode().put("$ref", "#/definitions/" + definition);
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case ARRAY -> "array";
      case OBJECT -> "object";
      default -> "string";
    };
  }
}
