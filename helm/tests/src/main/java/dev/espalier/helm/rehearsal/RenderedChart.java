package dev.espalier.helm.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.helm.HelmTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Renders the chart with the values of the rehearsal, in a process of its own: Helm's library takes
 * the signals of the process that loads it, and the rehearsal has to hear those.
 */
public final class RenderedChart {

  private static final String RELEASE = "espalier";
  private static final String NAMESPACE = "rehearsal";

  private RenderedChart() {}

  static List<JsonNode> of(Path root, Path work) throws IOException {
    Path values = work.resolve("values.yaml");
    try (InputStream source = RenderedChart.class.getResourceAsStream("/rehearsal-values.yaml")) {
      if (source == null) {
        throw new IOException("rehearsal-values.yaml is missing");
      }
      Files.copy(source, values);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return HelmTemplate.objects(
        Commands.run(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            RenderedChart.class.getName(),
            root.resolve("helm").toString(),
            work.resolve("chart").toString(),
            values.toString()));
  }

  /**
   * Prints what the chart renders.
   *
   * @param arguments the chart, where to copy it to, and the values
   */
  public static void main(String[] arguments) {
    System.out.print(
        HelmTemplate.of(Path.of(arguments[0]), Path.of(arguments[1]))
            .manifest(RELEASE, NAMESPACE, Path.of(arguments[2]), Map.of()));
  }
}
