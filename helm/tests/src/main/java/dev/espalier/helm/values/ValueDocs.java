package dev.espalier.helm.values;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that are made from {@code values.yaml}: the schema and the README. */
public final class ValueDocs {

  private static final String MARKER =
      "<!-- What follows is made from values.yaml; see docs/developing.md. -->";

  private ValueDocs() {}

  /** What the files have to hold, by their path. */
  public static Map<Path, String> of(Path chart) throws IOException {
    List<AnnotatedValue> values =
        AnnotatedValues.parse(Files.readString(chart.resolve("values.yaml")));
    var printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(
        chart.resolve("values.schema.json"),
        new ObjectMapper().writer(printer).writeValueAsString(ValuesSchema.of(values)) + "\n");
    Path readme = chart.resolve("README.md");
    files.put(readme, ValuesReadme.of(Files.readString(readme), MARKER, values));
    return files;
  }
}
