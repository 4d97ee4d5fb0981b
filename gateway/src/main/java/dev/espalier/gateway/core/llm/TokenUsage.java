package dev.espalier.gateway.core.llm;

/**
 * What a call used.
 *
 * @param prompt tokens sent
 * @param completion tokens received
 * @param isEstimated whether a number is our own, because the upstream's was missing or cannot be
 */
public record TokenUsage(long prompt, long completion, boolean isEstimated) {

  public long total() {
    return prompt + completion;
  }
}
