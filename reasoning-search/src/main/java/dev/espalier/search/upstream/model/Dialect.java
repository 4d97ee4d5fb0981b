package dev.espalier.search.upstream.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between servers of one form.
 *
 * @param supportsN whether one request may ask for several samples
 * @param supportsLogprobs whether log-probabilities may be asked for
 * @param supportsJsonSchema whether the form of an answer may be prescribed
 * @param stopsAtParagraph whether the request may name the empty line as stop; not for models that
 *     think aloud first
 * @param continuation how a chat model goes on
 * @param maxTokensField {@code max_tokens} or {@code max_completion_tokens}
 * @param template of raw prompts, with {@code {problem}} and {@code {steps}}; null for the default
 * @param stepTag what a reward model expects after every step
 * @param givesLogits whether scores are logits and not yet 0-1
 */
public record Dialect(
    boolean supportsN,
    boolean supportsLogprobs,
    boolean supportsJsonSchema,
    boolean stopsAtParagraph,
    Continuation continuation,
    String maxTokensField,
    @Nullable String template,
    String stepTag,
    boolean givesLogits) {

  public Dialect {
    if (!List.of("max_tokens", "max_completion_tokens").contains(maxTokensField)) {
      throw new IllegalArgumentException(
          "max-tokens-field: must be max_tokens or max_completion_tokens");
    }
    if (template != null && !(template.contains("{problem}") && template.contains("{steps}"))) {
      throw new IllegalArgumentException("template: must contain {problem} and {steps}");
    }
    if (stepTag.isEmpty()) {
      throw new IllegalArgumentException("step-tag: must not be empty");
    }
  }
}
