package dev.espalier.equivalence.training;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains the combiner on all pairs and writes the artefact with its provenance and the quality that
 * cross-validation measured. Options: those of {@link Evaluate}, {@code --out FILE} and {@code
 * --version V}.
 */
public final class Train {

  private Train() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    Path out = arguments.requiredPath("out");
    Experiment experiment = Experiment.of(arguments);
    QualityReport report =
        QualityReport.of(
            experiment.crossValidate(),
            experiment.hand(),
            experiment.trainer().threshold(),
            experiment.seed());
    DetectorArtefact artefact =
        DetectorArtefact.of(
            arguments.values().getOrDefault("version", "1"),
            experiment.train(),
            experiment.provenance(),
            DetectorArtefact.json().valueToTree(report));
    Files.writeString(out, artefact.text());
    System.out.print(report.markdown());
  }
}
