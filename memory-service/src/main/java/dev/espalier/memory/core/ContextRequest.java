package dev.espalier.memory.core;

import org.jspecify.annotations.Nullable;

/**
 * What a context is composed for.
 *
 * @param input what the user says now
 * @param budgetTokens what all messages together may cost
 * @param lastTurnsTokens how many tokens are kept for the newest turns, which take no more; null
 *     for the default share
 * @param recalledTokens how many tokens are kept for recalled turns; they also take what the newest
 *     turns leave
 */
public record ContextRequest(
    String input, int budgetTokens, @Nullable Integer lastTurnsTokens, int recalledTokens) {

  /** A tenth: the turns just before the question, while evidence from afar keeps the rest. */
  private static final int DEFAULT_SHARE = 10;

  int lastTurnsShare() {
    return lastTurnsTokens != null ? lastTurnsTokens : budgetTokens / DEFAULT_SHARE;
  }
}
