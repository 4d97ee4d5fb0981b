package dev.espalier.kg.training;

/**
 * A training as it was taken in; its JSON is kept with the job.
 *
 * @param options in place of what the graph suggests
 * @param seed of every random choice
 * @param budgetSeconds of wall-clock time, over all the workers that had it
 */
public record TrainingRequest(TrainingOptions options, long seed, int budgetSeconds) {}
