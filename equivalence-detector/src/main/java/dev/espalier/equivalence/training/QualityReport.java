package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.claims.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What was measured.
 *
 * @param atDefault at the default threshold
 * @param bestThreshold the threshold with the highest F1 on the same pairs
 * @param atBest there
 * @param calibrationError expected calibration error over ten bins
 * @param slices parts of the hand-labelled pairs, and the invented pairs, at the default threshold
 * @param baselines simple detectors on the hand-labelled pairs
 */
record QualityReport(
    double threshold,
    Quality atDefault,
    double bestThreshold,
    Quality atBest,
    double calibrationError,
    Map<String, Quality> slices,
    Map<String, Quality> baselines) {

  static QualityReport of(
      List<CrossValidation.Judged> judged, List<Example> hand, double threshold, long seed) {
    List<CrossValidation.Judged> measured =
        judged.stream().filter(j -> !isInvented(j.example())).toList();
    List<Quality.Scored> scored = scored(measured, e -> true);
    double best = Quality.bestThreshold(scored);
    Map<String, Quality> slices = new LinkedHashMap<>();
    slices.put("same_numbers", slice(measured, QualityReport::hasSameNumbers, threshold, seed));
    slices.put("number_free", slice(measured, QualityReport::isNumberFree, threshold, seed));
    slices.put("one_announces", slice(measured, QualityReport::oneAnnounces, threshold, seed));
    slices.put("invented", slice(judged, QualityReport::isInvented, threshold, seed));
    return new QualityReport(
        threshold,
        Quality.at(threshold, scored, seed),
        best,
        Quality.at(best, scored, seed),
        Quality.calibrationError(scored),
        slices,
        Baselines.of(hand, seed));
  }

  /** The report as a Markdown table. */
  String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| detector or slice | pairs (equivalent) | precision | recall | F1 |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    baselines.forEach((name, quality) -> row(table, name, quality));
    row(table, "**detector, default threshold %.2f**".formatted(threshold), atDefault);
    row(table, "detector, best threshold %.2f".formatted(bestThreshold), atBest);
    slices.forEach((name, quality) -> row(table, "slice " + name, quality));
    return table
        .append("\nExpected calibration error: %.3f\n".formatted(calibrationError))
        .toString();
  }

  private static void row(StringBuilder table, String name, Quality quality) {
    table.append(
        "| %s | %d (%d) | %s | %s | %s |\n"
            .formatted(
                name,
                quality.pairs(),
                quality.equivalent(),
                text(quality.precision()),
                text(quality.recall()),
                text(quality.f1())));
  }

  private static String text(Quality.Estimate estimate) {
    return "%.3f [%.3f, %.3f]".formatted(estimate.value(), estimate.low(), estimate.high());
  }

  private static Quality slice(
      List<CrossValidation.Judged> judged, Predicate<Example> part, double threshold, long seed) {
    return Quality.at(threshold, scored(judged, part), seed);
  }

  private static List<Quality.Scored> scored(
      List<CrossValidation.Judged> judged, Predicate<Example> part) {
    return judged.stream()
        .filter(j -> part.test(j.example()))
        .map(CrossValidation.Judged::scored)
        .toList();
  }

  private static boolean isInvented(Example e) {
    return e.pair().source().equals("invented");
  }

  private static boolean hasSameNumbers(Example e) {
    List<String> a = e.a().numbers().stream().sorted().toList();
    return !a.isEmpty() && a.equals(e.b().numbers().stream().sorted().toList());
  }

  private static boolean isNumberFree(Example e) {
    return e.a().numbers().isEmpty() && e.b().numbers().isEmpty();
  }

  private static boolean oneAnnounces(Example e) {
    return (e.a().progress() == Progress.ANNOUNCES) != (e.b().progress() == Progress.ANNOUNCES);
  }
}
