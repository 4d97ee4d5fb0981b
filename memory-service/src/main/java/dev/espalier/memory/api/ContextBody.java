package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.ComposedContext;
import dev.espalier.memory.core.ContextRequest;
import dev.espalier.memory.tokens.Tokenizer;
import dev.espalier.persistence.StorableText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A composed context on the wire. */
final class ContextBody {

  private static final int MAX_BUDGET = 1_000_000;

  private ContextBody() {}

  /** What to compose a context for. */
  @Schema(name = "ContextRequest", additionalProperties = Schema.False.class)
  record Request(
      @Size(max = TurnBody.MAX_CONTENT) @StorableText @Nullable String system,
      @NotBlank @Size(max = TurnBody.MAX_CONTENT) @StorableText String input,
      @NotNull @Min(1) @Max(MAX_BUDGET) Integer budgetTokens,
      @Valid @Nullable Reserve reserve,
      @Pattern(regexp = "^(?:o200k|cl100k|chars)$") @Nullable String tokenizer,
      @Nullable Boolean filterSentences,
      @Nullable Boolean reinforce) {

    /** Whether the turns in the context count as used; a measurement says no. */
    boolean isUse() {
      return !Boolean.FALSE.equals(reinforce);
    }

    ContextRequest toCore() {
      return new ContextRequest(
          system == null || system.isBlank() ? null : system,
          input,
          budgetTokens,
          reserve == null ? null : reserve.summary(),
          reserve == null ? null : reserve.lastTurns(),
          reserve == null || reserve.recalled() == null ? 0 : reserve.recalled(),
          Boolean.TRUE.equals(filterSentences));
    }

    Tokenizer chosenTokenizer() {
      return tokenizer == null
          ? Tokenizer.O200K
          : Tokenizer.valueOf(tokenizer.toUpperCase(Locale.ROOT));
    }
  }

  /** Tokens of the budget kept for a section. */
  @Schema(name = "ContextReserve", additionalProperties = Schema.False.class)
  record Reserve(
      @Min(0) @Max(MAX_BUDGET) @Nullable Integer summary,
      @Min(0) @Max(MAX_BUDGET) @Nullable Integer lastTurns,
      @Min(0) @Max(MAX_BUDGET) @Nullable Integer recalled) {}

  /** The prompt and the account of it. */
  @Schema(name = "ContextAnswer")
  record Answer(@Schema(maxItems = MAX_BUDGET) List<Message> messages, Manifest manifest) {

    static Answer of(ComposedContext context, Tokenizer tokenizer) {
      return new Answer(
          context.messages().stream()
              .map(m -> new Message(TurnBody.name(m.role()), m.content()))
              .toList(),
          new Manifest(
              context.sections(),
              context.dropped(),
              context.tokensTotal(),
              context.budgetTokens(),
              tokenizer.name().toLowerCase(Locale.ROOT),
              IndexBody.of(context.index())));
    }
  }

  /** A chat message. */
  @Schema(name = "ContextMessage")
  record Message(String role, String content) {}

  /** What went in, what was left out and why, and what it costs. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ContextManifest")
  record Manifest(
      List<ComposedContext.Section> sections,
      List<ComposedContext.Dropped> dropped,
      int tokensTotal,
      int budget,
      String tokenizer,
      IndexBody index) {}
}
