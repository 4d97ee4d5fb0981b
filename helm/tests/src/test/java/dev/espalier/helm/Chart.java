package dev.espalier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The chart, rendered by Helm itself in this process, with a cluster that has nothing. */
final class Chart {

  static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();
  static final String NAMESPACE = "production";

  /** The oldest that the chart is for. */
  private static final String KUBERNETES = "1.30.0";

  private static final Set<String> NOT_IN_THE_CHART = Set.of("tests", "ci");

  /** The library leaves hooks out; under another name their annotations are like any other. */
  private static final String HOOK = "helm.sh/hook";

  private static final String HIDDEN_HOOK = "hidden.helm.sh/hook";

  private static final Path WITH_HOOKS = withHooks();
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
    return render(WITH_HOOKS, release, values, set);
  }

  static Rendered render(Path folder, String release, Path values, Map<String, String> set) {
    TemplateCommand command =
        new Helm(folder)
            .template()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values);
    set.forEach(command::set);
    return new Rendered(objects(command.call().replace(HIDDEN_HOOK, HOOK)));
  }

  /** A copy whose objects all come out of {@code helm template} as this library calls it. */
  static void copyWithHooks(Path target) {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = FOLDER.relativize(file);
        if (NOT_IN_THE_CHART.contains(relative.getName(0).toString())) {
          continue;
        }
        Path copy = target.resolve(relative.toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace(HOOK, HIDDEN_HOOK));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path withHooks() {
    Path copy = Path.of("target/chart").toAbsolutePath();
    copyWithHooks(copy);
    return copy;
  }

  private static List<JsonNode> objects(String manifest) {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(manifest)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("not YAML: " + manifest, e);
    }
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
