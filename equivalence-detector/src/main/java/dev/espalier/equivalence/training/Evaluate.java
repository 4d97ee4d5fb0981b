package dev.espalier.equivalence.training;

/**
 * Measures the detector by cross-validation grouped by problem and prints a table beside the
 * baselines. Options: {@code --pairs FILE [--weak FILE] [--weak-weight W] [--synthetic-weight W]
 * [--seed N]}.
 */
public final class Evaluate {

  private Evaluate() {}

  public static void main(String[] args) {
    Experiment experiment = Experiment.of(Arguments.of(args));
    QualityReport report =
        QualityReport.of(
            experiment.crossValidate(),
            experiment.hand(),
            experiment.trainer().threshold(),
            experiment.seed());
    System.out.println("seed " + experiment.seed() + ", " + experiment.provenance());
    System.out.println();
    System.out.print(report.markdown());
  }
}
