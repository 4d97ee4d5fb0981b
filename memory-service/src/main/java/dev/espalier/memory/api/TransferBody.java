package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Turn;
import dev.espalier.persistence.StorableMetadata;
import dev.espalier.persistence.StorableText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The lines of an export: a conversation, its turns from the first one on, and its end. */
final class TransferBody {

  static final String NDJSON = "application/x-ndjson";

  private static final int FORMAT = 1;

  private TransferBody() {}

  /** One line. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Head.class, name = "conversation"),
    @JsonSubTypes.Type(value = Line.class, name = "turn"),
    @JsonSubTypes.Type(value = End.class, name = "end")
  })
  @JsonInclude(JsonInclude.Include.NON_NULL)
  sealed interface Entry {}

  /** A conversation begins. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Head(
      @Min(FORMAT) @Max(FORMAT) int format,
      @Nullable UUID id,
      @Size(min = 1, max = 500) @StorableText @Nullable String title,
      @Size(min = 1, max = 200) @StorableText @Nullable String subject,
      @StorableMetadata @Nullable Map<String, Object> metadata,
      @Nullable Instant createdAt)
      implements Entry {

    static Head of(Conversation conversation) {
      return new Head(
          FORMAT,
          conversation.id(),
          conversation.title(),
          conversation.subject(),
          conversation.metadata(),
          conversation.createdAt());
    }
  }

  /** A turn. Its time is the one it counts with, whether or not the client once gave it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      @Min(1) long seq,
      @NotNull @Pattern(regexp = TurnBody.ROLES) String role,
      @Size(min = 1, max = 200) @StorableText @Nullable String speaker,
      @NotNull @Size(max = TurnBody.MAX_CONTENT) @StorableText String content,
      @NotNull @StorableTime Instant occurredAt,
      @Size(min = 1, max = 200) @StorableText @Nullable String clientTurnId,
      @StorableMetadata @Nullable Map<String, Object> metadata,
      @StorableTime @Nullable Instant redactedAt)
      implements Entry {

    static Line of(Turn turn) {
      return new Line(
          turn.seq(),
          TurnBody.name(turn.role()),
          turn.speaker(),
          turn.content(),
          turn.occurredAt(),
          turn.said().clientTurnId(),
          turn.said().metadata(),
          turn.redactedAt());
    }

    NewTurn toCore() {
      return new NewTurn(
          TurnBody.roleNamed(role),
          speaker,
          content,
          occurredAt,
          clientTurnId,
          ConversationBody.orEmpty(metadata));
    }
  }

  /** A conversation is complete. */
  record End(@Min(0) long turns) implements Entry {}

  /** What an import answers. */
  @Schema(name = "Imported")
  record Imported(List<One> conversations) {

    UUID first() {
      return conversations.get(0).id();
    }
  }

  /** One imported conversation. */
  @Schema(name = "ImportedConversation")
  record One(UUID id, long turns) {}
}
