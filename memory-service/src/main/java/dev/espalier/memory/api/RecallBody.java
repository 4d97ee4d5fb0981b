package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.RecallMode;
import dev.espalier.memory.core.RecallQuery;
import dev.espalier.memory.core.Recalled;
import dev.espalier.memory.core.ReciprocalRankFusion.Part;
import dev.espalier.memory.core.TurnFilter;
import dev.espalier.persistence.StorableMetadata;
import dev.espalier.persistence.StorableText;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Recall on the wire. */
final class RecallBody {

  private RecallBody() {}

  /** A question. */
  @Schema(name = "RecallRequest", additionalProperties = Schema.False.class)
  record Request(
      @NotBlank @Size(max = 8000) @StorableText String query,
      @Min(1) @Max(200) @Nullable Integer k,
      @Pattern(regexp = "^(?:hybrid|dense|lexical)$") @Nullable String mode,
      @Valid @Nullable Filter filter,
      @Min(0) @Max(10) @Nullable Integer neighbours,
      @Nullable Boolean explain,
      @Nullable Boolean reinforce) {

    private static final int DEFAULT_K = 10;
    private static final int MAX_TURNS = 500;

    RecallQuery toCore() {
      int hits = k == null ? DEFAULT_K : k;
      int around = neighbours == null ? 0 : neighbours;
      if (hits * (2 * around + 1) > MAX_TURNS) {
        throw new ProblemException(
            Problem.of(
                ErrorCode.INVALID,
                "k hits with their neighbours are more than " + MAX_TURNS + " turns"));
      }
      return new RecallQuery(
          query,
          hits,
          mode == null ? RecallMode.HYBRID : RecallMode.valueOf(mode.toUpperCase(Locale.ROOT)),
          filter == null ? TurnFilter.ALL : filter.toCore(),
          around);
    }

    /** Whether the hits count as used; a measurement says no. */
    boolean isUse() {
      return !Boolean.FALSE.equals(reinforce);
    }

    boolean wantsExplanation() {
      return Boolean.TRUE.equals(explain);
    }
  }

  /** Which turns may be returned; all given parts must hold. */
  @Schema(name = "RecallFilter", additionalProperties = Schema.False.class)
  record Filter(
      @Size(max = 4) @Nullable Set<@NotNull @Pattern(regexp = TurnBody.ROLES) String> roles,
      @Size(max = 100) @Nullable Set<@NotNull @Size(max = 200) @StorableText String> speakers,
      @Min(0) @Nullable Long fromSeq,
      @Min(0) @Nullable Long toSeq,
      @StorableTime @Nullable Instant occurredFrom,
      @StorableTime @Nullable Instant occurredBefore,
      @StorableMetadata @Nullable Map<String, Object> metadata) {

    TurnFilter toCore() {
      return new TurnFilter(
          roles == null
              ? Set.of()
              : roles.stream().map(TurnBody::roleNamed).collect(Collectors.toUnmodifiableSet()),
          speakers == null ? Set.of() : speakers,
          fromSeq,
          toSeq,
          occurredFrom,
          occurredBefore,
          ConversationBody.orEmpty(metadata));
    }
  }

  /** The turns that matter, best first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RecallAnswer")
  record Answer(
      @Schema(maxItems = 200) List<Hit> hits, IndexBody index, @Nullable String degraded) {

    static Answer of(Recalled recalled, boolean isExplained) {
      return new Answer(
          recalled.hits().stream().map(hit -> Hit.of(hit, isExplained)).toList(),
          IndexBody.of(recalled.index()),
          recalled.degraded());
    }
  }

  /** A recalled turn. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RecallHit")
  record Hit(
      long seq,
      double score,
      @Nullable Map<String, Part> parts,
      String role,
      @Nullable String speaker,
      String text,
      Instant occurredAt,
      @Nullable String clientTurnId,
      Map<String, Object> metadata,
      @Nullable List<TurnBody.Stored> neighbours) {

    static Hit of(Recalled.Hit hit, boolean isExplained) {
      return new Hit(
          hit.turn().seq(),
          hit.score(),
          isExplained ? hit.parts() : null,
          TurnBody.name(hit.turn().role()),
          hit.turn().speaker(),
          hit.turn().content(),
          hit.turn().occurredAt(),
          hit.turn().said().clientTurnId(),
          hit.turn().said().metadata(),
          hit.neighbours().isEmpty()
              ? null
              : hit.neighbours().stream().map(TurnBody.Stored::of).toList());
    }
  }
}
