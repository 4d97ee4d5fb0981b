package dev.espalier.gateway.core.llm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts along with one answer, and compares what the upstream claims with what went by. */
public final class Tally {

  /** A chat template and special tokens may add this much to a prompt. */
  private static final int SLACK = 1024;

  private final long mostPrompt;
  private final long promptBytes;
  private final long mostCompletion;
  private long completionBytes;
  private @Nullable Map<?, ?> claimed;

  /**
   * @param promptBytes of the text sent
   * @param mostPrompt tokens that the prompt can have
   * @param mostCompletion tokens that the answer can have, as far as the request says
   */
  public Tally(long promptBytes, long mostPrompt, long mostCompletion) {
    this.promptBytes = promptBytes;
    this.mostPrompt = mostPrompt;
    this.mostCompletion = mostCompletion;
  }

  /** A piece of the answer's text. */
  public void sawText(String piece) {
    completionBytes += Tokens.bytes(piece);
  }

  /** The usage member of an answer, as the upstream wrote it; the last one counts. */
  public void sawUsage(Map<?, ?> usage) {
    claimed = usage;
  }

  public TokenUsage usage() {
    long prompt = claimed("prompt_tokens");
    long completion = claimed("completion_tokens");
    boolean isPromptLikely = prompt >= Tokens.least(promptBytes) && prompt <= mostPrompt + SLACK;
    boolean isCompletionLikely =
        completion >= Tokens.least(completionBytes)
            && completion <= Math.max(mostCompletion, completionBytes) + SLACK;
    return new TokenUsage(
        isPromptLikely ? prompt : Tokens.likely(promptBytes),
        isCompletionLikely ? completion : Tokens.likely(completionBytes),
        !isPromptLikely || !isCompletionLikely);
  }

  /** Embeddings and rerankers may leave out what they do not write. */
  private long claimed(String member) {
    if (claimed == null) {
      return -1;
    }
    Object value = claimed.get(member);
    if (value == null && member.startsWith("completion") && completionBytes == 0) {
      return 0;
    }
    if (value instanceof Integer tokens) {
      return tokens;
    }
    return value instanceof Long tokens ? tokens : -1;
  }
}
