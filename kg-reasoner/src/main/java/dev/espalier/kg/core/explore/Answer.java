package dev.espalier.kg.core.explore;

/**
 * An entity that answers a query.
 *
 * @param score of the model; comparable within a query
 * @param logShare the score - logsumexp over all entities
 * @param probability that the triple is true, calibrated on validation queries
 * @param known whether the graph states it
 * @param rank from 1; equals share the first of their ranks
 */
public record Answer(
    int entity, double score, double logShare, double probability, boolean known, int rank) {}
