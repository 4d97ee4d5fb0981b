package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.core.ledger.Usage;

/**
 * What an upstream says a call has cost, where that can be true; else our own estimate, flagged.
 * Not believed are counts that are missing, no whole numbers or negative, no prompt tokens for a
 * prompt, no completion tokens for a text, far fewer or far more than the texts could have, fewer
 * than there are log-probabilities, and more completion tokens than were allowed. llama.cpp, for
 * one, counts the first of several choices only.
 */
final class ReportedUsage {

  /** Longer tokens exist, but not on average. What we send has JSON around it. */
  private static final int MOST_CHARACTERS_PER_PROMPT_TOKEN = 40;

  private static final int MOST_CHARACTERS_PER_TOKEN = 12;

  /** A template, tools or images of the server's own may come on top of what we sent. */
  private static final int MOST_TIMES_ESTIMATE = 8;

  private static final int SERVER_OVERHEAD = 4096;

  private ReportedUsage() {}

  /**
   * @param prompt what was sent
   * @param completion what came back, thoughts included
   * @param counted tokens of it that came with a log-probability each, or 0
   * @param mostCompletion tokens that the request allowed
   */
  static Usage of(
      JsonNode usage, String prompt, String completion, long counted, long mostCompletion) {
    long promptEstimate = TokenEstimate.of(prompt);
    long completionEstimate = counted > 0 ? counted : TokenEstimate.of(completion);
    JsonNode promptTokens = usage.path("prompt_tokens");
    JsonNode completionTokens = usage.path("completion_tokens");
    boolean isPromptTrue =
        isWithin(
            promptTokens,
            Math.max(1, prompt.length() / MOST_CHARACTERS_PER_PROMPT_TOKEN),
            MOST_TIMES_ESTIMATE * promptEstimate + SERVER_OVERHEAD);
    boolean isCompletionTrue =
        mostCompletion == 0
            || isWithin(
                completionTokens,
                Math.max(
                    counted,
                    (completion.length() + MOST_CHARACTERS_PER_TOKEN - 1)
                        / MOST_CHARACTERS_PER_TOKEN),
                mostCompletion);
    return isPromptTrue && isCompletionTrue
        ? new Usage(
            promptTokens.longValue(), mostCompletion == 0 ? 0 : completionTokens.longValue(), false)
        : new Usage(promptEstimate, Math.min(mostCompletion, completionEstimate), true);
  }

  private static boolean isWithin(JsonNode count, long least, long most) {
    return count.isIntegralNumber()
        && count.canConvertToLong()
        && count.longValue() >= least
        && count.longValue() <= most;
  }
}
