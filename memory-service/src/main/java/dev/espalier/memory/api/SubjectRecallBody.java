package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.memory.core.RecallQuery;
import dev.espalier.memory.core.SubjectRecall;
import dev.espalier.persistence.StorableText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Recall across a subject's conversations on the wire. */
final class SubjectRecallBody {

  private SubjectRecallBody() {}

  /** A question about a subject. */
  @Schema(name = "SubjectRecallRequest", additionalProperties = Schema.False.class)
  record Request(
      @NotBlank @Size(max = 200) @StorableText String subject,
      @NotBlank @Size(max = 8000) @StorableText String query,
      @Min(1) @Max(200) @Nullable Integer k,
      @Pattern(regexp = "^(?:hybrid|dense|lexical)$") @Nullable String mode,
      @Valid RecallBody.@Nullable Filter filter,
      @Nullable Boolean explain,
      @Nullable Boolean reinforce) {

    RecallQuery toCore() {
      return asRecall().toCore();
    }

    boolean isUse() {
      return asRecall().isUse();
    }

    boolean wantsExplanation() {
      return asRecall().wantsExplanation();
    }

    private RecallBody.Request asRecall() {
      return new RecallBody.Request(query, k, mode, filter, null, explain, reinforce);
    }
  }

  /**
   * The turns that matter, best first.
   *
   * @param conversations how many of the subject's conversations were searched, the newest ones
   * @param complete whether that is all of them
   */
  @Schema(name = "SubjectRecallAnswer")
  record Answer(@Schema(maxItems = 200) List<Hit> hits, int conversations, boolean complete) {

    static Answer of(SubjectRecall.Found found, boolean isExplained) {
      return new Answer(
          found.hits().stream()
              .map(hit -> new Hit(hit.conversation(), RecallBody.Hit.of(hit.hit(), isExplained)))
              .toList(),
          found.conversations(),
          found.isAll());
    }
  }

  /** A recalled turn, and where it was said. */
  @Schema(name = "SubjectRecallHit")
  record Hit(UUID conversationId, @JsonUnwrapped RecallBody.Hit hit) {}
}
