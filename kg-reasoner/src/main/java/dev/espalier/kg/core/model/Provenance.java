package dev.espalier.kg.core.model;

/**
 * Where a model comes from.
 *
 * @param graphHash of the graph it was trained on
 * @param seed of every random choice
 * @param training how it was trained
 * @param epochs that were run
 * @param bestEpoch the one whose parameters were kept, from 1
 * @param validationMrr filtered, mean ties, of that epoch
 * @param trainingSeconds wall-clock time
 */
public record Provenance(
    String graphHash,
    long seed,
    TrainingConfig training,
    int epochs,
    int bestEpoch,
    double validationMrr,
    double trainingSeconds) {}
