package dev.espalier.kg.training;

import dev.espalier.kg.core.train.EpochReport;
import dev.espalier.kg.core.train.TrainingState;

/**
 * How far a training is, as JSON.
 *
 * @param epochs at most
 * @param seconds spent, over all the workers that had it
 */
record Progress(
    int epoch,
    int epochs,
    double loss,
    double validationMrr,
    double bestValidationMrr,
    int bestEpoch,
    double seconds) {

  static Progress of(EpochReport report, TrainingState state) {
    return new Progress(
        report.epoch(),
        state.training().epochs(),
        report.loss(),
        report.validationMrr(),
        state.bestMrr(),
        state.bestEpoch(),
        state.seconds());
  }
}
