package dev.espalier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The chart as Helm renders it where there is a cluster that has nothing yet. */
final class Chart {

  static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();
  static final String NAMESPACE = "production";

  private static final HelmTemplate TEMPLATE =
      HelmTemplate.of(FOLDER, Path.of("target/chart").toAbsolutePath());
  private static final FakeCluster CLUSTER = FakeCluster.INSTANCE;
  private static final YAMLMapper YAML = new YAMLMapper();

  private Chart() {}

  /** What templates can ask for what is there already. */
  static FakeCluster cluster() {
    return CLUSTER;
  }

  static Rendered render(String valueSet) {
    return render("espalier", ValueSets.of(valueSet), Map.of());
  }

  /**
   * @throws IllegalStateException with what Helm says, when it refuses
   */
  static Rendered render(String release, Path values, Map<String, String> set) {
    return render(TEMPLATE, release, values, set);
  }

  static Rendered render(
      HelmTemplate template, String release, Path values, Map<String, String> set) {
    return new Rendered(template.render(release, NAMESPACE, values, set));
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
