package dev.espalier.helm.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One value of the chart.
 *
 * @param description the comment above it
 * @param schema what the comment adds to its schema; may be empty
 * @param byDefault its default
 * @param children the values below it; empty where its keys are the operator's own
 */
record AnnotatedValue(
    String name,
    String description,
    ObjectNode schema,
    JsonNode byDefault,
    List<AnnotatedValue> children) {

  AnnotatedValue {
    children = List.copyOf(children);
  }
}
