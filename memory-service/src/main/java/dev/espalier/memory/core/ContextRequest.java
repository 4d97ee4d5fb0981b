package dev.espalier.memory.core;

import org.jspecify.annotations.Nullable;

/**
 * What a context is composed for.
 *
 * @param system the caller's own instructions, which come first, or null
 * @param input what the user says now
 * @param budgetTokens what all messages together may cost
 * @param lastTurnsTokens how many tokens are kept for the newest turns, which take no more; null
 *     for the default share
 * @param summaryTokens how many tokens are kept for the summary, which takes no more; null for the
 *     default share
 * @param recalledTokens how many tokens are kept for recalled turns; they also take what the newest
 *     turns leave
 * @param filtersSentences whether long recalled turns are shortened to the sentences that have to
 *     do with the input
 */
public record ContextRequest(
    @Nullable String system,
    String input,
    int budgetTokens,
    @Nullable Integer summaryTokens,
    @Nullable Integer lastTurnsTokens,
    int recalledTokens,
    boolean filtersSentences) {

  /** A tenth: the turns just before the question, while evidence from afar keeps the rest. */
  private static final int DEFAULT_SHARE = 10;

  /**
   * HEMA's prompt has 3,500 tokens. In a smaller one the room for an overview is worth more as room
   * for evidence.
   */
  private static final int SMALLEST_WITH_SUMMARY = 3500;

  int summaryShare() {
    if (summaryTokens != null) {
      return summaryTokens;
    }
    return budgetTokens < SMALLEST_WITH_SUMMARY ? 0 : budgetTokens / DEFAULT_SHARE;
  }

  int lastTurnsShare() {
    return lastTurnsTokens != null ? lastTurnsTokens : budgetTokens / DEFAULT_SHARE;
  }
}
