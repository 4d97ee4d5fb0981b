package dev.espalier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.espalier.launcher.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Renders a chart by Helm itself, in this process.
 *
 * <p>The library leaves hooks out, so it is given a copy in which their annotations have another
 * name; what comes out has the right one again.
 *
 * @param copy of the chart, made by {@link #of}
 */
public record HelmTemplate(Path copy) {

  /** The oldest that the chart is for. */
  private static final String KUBERNETES = "1.30.0";

  private static final Set<String> NOT_IN_THE_CHART = Set.of("tests", "ci");
  private static final String HOOK = "helm.sh/hook";
  private static final String HIDDEN_HOOK = "hidden.helm.sh/hook";
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Copies a chart to where it is rendered from, in place of what is there. */
  public static HelmTemplate of(Path chart, Path copy) {
    Directories.delete(copy);
    try (Stream<Path> files = Files.walk(chart)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = chart.relativize(file);
        if (!NOT_IN_THE_CHART.contains(relative.getName(0).toString())) {
          Path target = copy.resolve(relative.toString());
          Files.createDirectories(target.getParent());
          Files.writeString(target, Files.readString(file).replace(HOOK, HIDDEN_HOOK));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HelmTemplate(copy);
  }

  /**
   * The objects of a release.
   *
   * @throws IllegalStateException with what Helm says, when it refuses
   */
  public List<JsonNode> render(
      String release, String namespace, Path values, Map<String, String> set) {
    return objects(manifest(release, namespace, values, set));
  }

  /** The same as text. */
  public String manifest(String release, String namespace, Path values, Map<String, String> set) {
    TemplateCommand command =
        new Helm(copy)
            .template()
            .withName(release)
            .withNamespace(namespace)
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values);
    set.forEach(command::set);
    return command.call().replace(HIDDEN_HOOK, HOOK);
  }

  public static List<JsonNode> objects(String manifest) {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(manifest)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("not YAML: " + manifest, e);
    }
  }
}
