package dev.espalier.kg.core.explore;

import java.util.Comparator;

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
    int entity, double score, double logShare, double probability, boolean known, int rank) {

  /** Equals by entity id. */
  public static final Comparator<Answer> BEST_FIRST =
      Comparator.comparingDouble(Answer::score).reversed().thenComparing(Answer::entity);

  Answer at(int place) {
    return new Answer(entity, score, logShare, probability, known, place);
  }
}
