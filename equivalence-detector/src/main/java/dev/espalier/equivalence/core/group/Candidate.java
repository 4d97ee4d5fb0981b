package dev.espalier.equivalence.core.group;

import java.util.Optional;

/**
 * A step that was proposed.
 *
 * @param id names it, unique in its batch
 * @param text what it says
 * @param logProbability of the step under the model that proposed it
 * @param isTerminal whether it ends the reasoning
 * @param multiplicity how often it was proposed, at least 1
 */
public record Candidate(
    String id, String text, Optional<Double> logProbability, boolean isTerminal, int multiplicity) {

  public Candidate {
    if (multiplicity < 1) {
      throw new IllegalArgumentException("multiplicity: " + multiplicity);
    }
  }
}
