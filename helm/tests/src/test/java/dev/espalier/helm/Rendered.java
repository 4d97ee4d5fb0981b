package dev.espalier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects that came out of the chart. */
record Rendered(List<JsonNode> objects) {

  /** A pod as some object makes it. */
  record Pod(String owner, String kind, Map<String, String> labels, JsonNode spec) {

    Stream<JsonNode> containers() {
      return Stream.of("initContainers", "containers").flatMap(it -> elements(spec.path(it)));
    }
  }

  Stream<JsonNode> of(String kind) {
    return objects.stream().filter(it -> it.path("kind").asText().equals(kind));
  }

  JsonNode one(String kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
  }

  Optional<JsonNode> find(String kind, String name) {
    return of(kind).filter(it -> name(it).equals(name)).findFirst();
  }

  /** Every pod, with the labels it will have. */
  Stream<Pod> pods() {
    return objects.stream()
        .flatMap(
            it ->
                switch (it.path("kind").asText()) {
                  case "Deployment", "StatefulSet", "Job" ->
                      Stream.of(pod(it, it.path("spec").path("template")));
                  case "Pod" -> Stream.of(pod(it, it));
                  default -> Stream.empty();
                });
  }

  Pod pod(String component) {
    return pods()
        .filter(it -> component.equals(it.labels().get("app.kubernetes.io/component")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no pod is " + component));
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new TreeMap<>();
    object.properties().forEach(it -> strings.put(it.getKey(), it.getValue().asText()));
    return strings;
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Pod pod(JsonNode owner, JsonNode template) {
    return new Pod(
        name(owner),
        owner.path("kind").asText(),
        strings(template.path("metadata").path("labels")),
        template.path("spec"));
  }
}
