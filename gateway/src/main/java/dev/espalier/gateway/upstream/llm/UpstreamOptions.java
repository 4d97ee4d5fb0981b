package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.ModelDirectory;
import dev.espalier.gateway.core.llm.Price;
import java.util.OptionalInt;

/**
 * A language model upstream as it was configured.
 *
 * @param entry its models, priority and fallback
 * @param price of its tokens
 * @param maxCompletionTokens sent where the client names no limit; nothing is sent where absent
 * @param hasStreamUsage whether it understands {@code stream_options.include_usage}
 */
public record UpstreamOptions(
    ModelHost host,
    ModelDirectory.Entry entry,
    Price price,
    Patience patience,
    Load load,
    OptionalInt maxCompletionTokens,
    boolean hasStreamUsage) {

  public UpstreamOptions {
    if (maxCompletionTokens.isPresent() && maxCompletionTokens.getAsInt() <= 0) {
      throw new IllegalArgumentException("max-completion-tokens: must be positive");
    }
  }
}
