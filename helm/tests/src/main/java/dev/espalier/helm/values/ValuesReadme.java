package dev.espalier.helm.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Makes the tables of the chart's README: a section for each value at the top. */
final class ValuesReadme {

  private final StringBuilder text = new StringBuilder();

  private ValuesReadme() {}

  /** The README with the tables in place of what stands below the marker. */
  static String of(String readme, String marker, List<AnnotatedValue> values) {
    int at = readme.indexOf(marker);
    if (at < 0) {
      throw new IllegalArgumentException("the README has no line " + marker);
    }
    ValuesReadme maker = new ValuesReadme();
    maker.text.append(readme, 0, at).append(marker).append("\n");
    List<AnnotatedValue> single = values.stream().filter(it -> it.children().isEmpty()).toList();
    maker.section("General", "", single);
    values.stream()
        .filter(it -> !it.children().isEmpty())
        .forEach(it -> maker.section(it.description(), it.name() + ".", it.children()));
    return maker.text.toString();
  }

  private void section(String title, String path, List<AnnotatedValue> values) {
    text.append("\n### ").append(title).append("\n\n| value | default | |\n| --- | --- | --- |\n");
    values.forEach(value -> row(path, value));
  }

  private void row(String path, AnnotatedValue value) {
    String name = path + value.name();
    if (value.schema().has("$ref")) {
      text.append(
          "| `%s` | | %s; what is not `defaults`: %s |%n"
              .formatted(name, value.description(), differences("", value.byDefault())));
      return;
    }
    if (value.children().isEmpty()) {
      String choice = value.schema().has("enum") ? ": " + choices(value.schema().get("enum")) : "";
      text.append(
          "| `%s` | %s | %s%s |%n"
              .formatted(name, code(value.byDefault()), value.description(), choice));
      return;
    }
    text.append("| `%s` | | **%s** |%n".formatted(name, value.description()));
    value.children().forEach(child -> row(name + ".", child));
  }

  private static String differences(String path, JsonNode values) {
    StringBuilder differences = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      String name = path + entry.getKey();
      if (!differences.isEmpty()) {
        differences.append(", ");
      }
      differences.append(
          entry.getValue().isObject()
              ? differences(name + ".", entry.getValue())
              : "`" + name + "` " + code(entry.getValue()));
    }
    return differences.toString();
  }

  private static String choices(JsonNode choices) {
    StringBuilder text = new StringBuilder();
    choices.forEach(
        choice ->
            text.append(text.isEmpty() ? "" : ", ")
                .append("`")
                .append(choice.asText())
                .append("`"));
    return text.toString();
  }

  private static String code(JsonNode value) {
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
  }
}
