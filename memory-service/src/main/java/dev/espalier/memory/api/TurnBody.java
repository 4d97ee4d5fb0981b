package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Role;
import dev.espalier.memory.core.Turn;
import dev.espalier.persistence.StorableMetadata;
import dev.espalier.persistence.StorableText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Turns on the wire. */
final class TurnBody {

  static final String ROLES = "^(?:system|user|assistant|tool)$";
  static final int MAX_CONTENT = 32_768;

  private TurnBody() {}

  /** A turn to append. */
  @Schema(name = "NewTurn", additionalProperties = Schema.False.class)
  record New(
      @NotNull @Pattern(regexp = ROLES) String role,
      @Size(min = 1, max = 200) @StorableText @Nullable String speaker,
      @NotNull @Size(min = 1, max = MAX_CONTENT) @StorableText String content,
      @StorableTime @Nullable Instant occurredAt,
      @Size(min = 1, max = 200) @StorableText @Nullable String clientTurnId,
      @StorableMetadata @Nullable Map<String, Object> metadata) {

    NewTurn toCore() {
      return new NewTurn(
          roleNamed(role),
          speaker,
          content,
          occurredAt,
          clientTurnId,
          ConversationBody.orEmpty(metadata));
    }
  }

  /** Several turns to append. */
  @Schema(name = "TurnAppend", additionalProperties = Schema.False.class)
  record Append(
      @NotEmpty @Size(max = 1000) List<@NotNull @Valid New> turns,
      @Min(0) @Nullable Long expectedSeq) {}

  /** What an append answers. */
  @Schema(name = "AppendedTurns")
  record Appended(
      long firstSeq,
      long lastSeq,
      long version,
      @Schema(maxItems = 1_000) List<Long> seqs,
      IndexBody index) {

    Appended with(IndexBody newer) {
      return new Appended(firstSeq, lastSeq, version, seqs, newer);
    }
  }

  /** A stored turn. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Turn")
  record Stored(
      long seq,
      String role,
      @Nullable String speaker,
      String content,
      Instant occurredAt,
      Instant storedAt,
      @Nullable String clientTurnId,
      Map<String, Object> metadata,
      @Nullable Instant redactedAt) {

    static Stored of(Turn turn) {
      return new Stored(
          turn.seq(),
          name(turn.role()),
          turn.speaker(),
          turn.content(),
          turn.occurredAt(),
          turn.storedAt(),
          turn.said().clientTurnId(),
          turn.said().metadata(),
          turn.redactedAt());
    }
  }

  /** A page of stored turns, oldest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "TurnPage")
  record Page(
      @Schema(maxItems = 1_000) List<Stored> turns, @Nullable Long nextAfterSeq, IndexBody index) {}

  static Role roleNamed(String name) {
    return Role.valueOf(name.toUpperCase(Locale.ROOT));
  }

  static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
