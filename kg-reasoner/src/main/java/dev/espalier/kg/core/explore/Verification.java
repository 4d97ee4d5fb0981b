package dev.espalier.kg.core.explore;

/**
 * How a model judges a triple.
 *
 * @param reached whether the walk from the head reached the tail
 * @param score of the tail
 * @param probability that the triple is true
 * @param known whether the graph states it; the statement is hidden from the walk
 * @param rank of the tail among all entities, other known answers left out, ties in the middle
 * @param counterCandidates what the model would rather believe
 */
public record Verification(
    boolean reached,
    double score,
    double probability,
    boolean known,
    double rank,
    Answers counterCandidates) {}
