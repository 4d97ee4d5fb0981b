package dev.espalier.search.core.tree;

import org.jspecify.annotations.Nullable;

/**
 * One sampled next step.
 *
 * @param text the step as the proposer gave it, without the delimiter
 * @param logProbability mean log-probability of its tokens, or null where the proposer has none
 * @param tokens completion tokens that it cost
 * @param isTerminal whether the solution ends with it
 * @param source the proposer's own mark of where it comes from, or null; a proposer that replays
 *     recorded solutions finds the continuation by it
 */
public record Candidate(
    String text,
    @Nullable Double logProbability,
    int tokens,
    boolean isTerminal,
    @Nullable String source) {

  public Candidate {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens is negative: " + tokens);
    }
    if (logProbability != null && !(logProbability <= 0)) {
      throw new IllegalArgumentException("not a log-probability: " + logProbability);
    }
  }
}
