package dev.espalier.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart as files: lint, what is packed, notes, alerts and their runbooks. */
class ChartFilesTest {

  @TempDir Path copy;

  static List<Path> valueSets() {
    return ValueSets.all();
  }

  @Test
  void lintsWithItsDefaults() {
    LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

    assertFalse(result.isFailed(), () -> result.getMessages().toString());
  }

  /** Lint takes no file of values, so each set becomes the defaults of a copy. */
  @ParameterizedTest
  @MethodSource("valueSets")
  void lints(Path valueSet) throws IOException {
    HelmTemplate.of(Chart.FOLDER, copy);
    ObjectNode values = (ObjectNode) Chart.yaml(Chart.FOLDER.resolve("values.yaml"));
    overlay(values, Chart.yaml(valueSet));
    new YAMLMapper().writeValue(copy.resolve("values.yaml").toFile(), values);

    LintResult result = new Helm(copy).lint().strict().call();

    assertFalse(result.isFailed(), () -> result.getMessages().toString());
  }

  @Test
  void packsNeitherTestsNorValueSets() throws IOException {
    new Helm(Chart.FOLDER).packageIt().withDestination(copy).call();

    Path archive;
    try (Stream<Path> files = Files.list(copy)) {
      archive = files.findFirst().orElseThrow();
    }
    String packed = archive.getFileName().toString();
    assertEquals("espalier-0.1.0.tgz", packed);
    assertTrue(Files.size(archive) < 100_000, "something large is in the chart");
  }

  @Test
  void notesSayWhereTheGatewayIsAndWarn() throws IOException {
    String notes = notes("trial");

    assertTrue(notes.contains("port-forward service/espalier-gateway 8080:8080"), notes);
    assertTrue(notes.contains("get secret espalier-api-key"), notes);
    assertTrue(notes.contains("helm test espalier -n production"), notes);
    assertTrue(notes.contains("WARNING: The database is a trial"), notes);
  }

  @Test
  void notesWarnOfWhatIsLeftOut() throws IOException {
    String notes = notes("bare");

    assertTrue(notes.contains("WARNING: There are no network policies."), notes);
    assertTrue(notes.contains("WARNING: Nobody migrates the schemas"), notes);
  }

  @Test
  void notesAnnounceADeprecatedValue() throws IOException {
    HelmTemplate.of(Chart.FOLDER, copy);
    Files.writeString(
        copy.resolve("deprecations.yaml"),
        """
        deprecations:
          - {value: ingress.className, since: 0.2.0, goes: 0.4.0, instead: set another}
          - {value: services.kg.tmpSize, since: 0.2.0, goes: 0.4.0, instead: set another}
          - {value: services.memory.tmpSize, since: 0.2.0, goes: 0.4.0, instead: set another}
        """);

    String notes = notesOfCopy("ingress");

    assertTrue(notes.contains("WARNING: ingress.className is deprecated since 0.2.0"), notes);
    assertFalse(notes.contains("services.memory.tmpSize is deprecated"), notes);
  }

  @Test
  void everyAlertHasARunbook() throws IOException {
    JsonNode rule = Chart.render("monitoring").one("PrometheusRule", "espalier");

    Set<String> alerts =
        Rendered.elements(rule.at("/spec/groups/0/rules"))
            .map(it -> it.path("alert").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> runbooks;
    try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("runbooks"))) {
      runbooks =
          files
              .map(it -> it.getFileName().toString().replace(".md", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertEquals(alerts, runbooks);
    assertTrue(
        rule.toString().contains("https://runbooks.example/espalier/EspalierBreakerOpen.md"));
    assertFalse(rule.toString().contains("{{"), "a template was not filled in");
  }

  private String notes(String valueSet) throws IOException {
    HelmTemplate.of(Chart.FOLDER, copy);
    return notesOfCopy(valueSet);
  }

  /** Helm prints notes only where there is a cluster; here they are put into an object. */
  private String notesOfCopy(String valueSet) throws IOException {
    Files.writeString(
        copy.resolve("templates/notes-in-an-object.yaml"),
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: notes
        data:
          notes: {{ include "espalier.notes" . | quote }}
        """);
    return Chart.render(new HelmTemplate(copy), "espalier", ValueSets.of(valueSet), Map.of())
        .one("ConfigMap", "notes")
        .at("/data/notes")
        .asText();
  }

  private static void overlay(ObjectNode values, JsonNode over) {
    over.properties()
        .forEach(
            entry -> {
              JsonNode own = values.get(entry.getKey());
              if (own instanceof ObjectNode object && entry.getValue().isObject()) {
                overlay(object, entry.getValue());
              } else if (entry.getValue().isNull()) {
                values.remove(entry.getKey());
              } else {
                values.set(entry.getKey(), entry.getValue());
              }
            });
  }
}
