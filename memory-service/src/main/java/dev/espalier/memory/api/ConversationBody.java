package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.ConversationChange;
import dev.espalier.memory.core.ConversationChange.Member;
import dev.espalier.persistence.StorableMetadata;
import dev.espalier.persistence.StorableText;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Conversations on the wire. */
final class ConversationBody {

  private ConversationBody() {}

  /** A conversation to create. */
  @Schema(name = "NewConversation", additionalProperties = Schema.False.class)
  record New(
      @Size(min = 1, max = 500) @StorableText @Nullable String title,
      @Size(min = 1, max = 200) @StorableText @Nullable String subject,
      @StorableMetadata @Nullable Map<String, Object> metadata) {}

  /** A partial update. A member that is absent stays; one that is null is cleared. */
  @Schema(name = "ConversationPatch", additionalProperties = Schema.False.class)
  static final class Patch {

    @Schema(hidden = true)
    private final Set<Member> changed = EnumSet.noneOf(Member.class);

    @Size(min = 1, max = 500)
    @StorableText
    private @Nullable String title;

    @Size(min = 1, max = 200)
    @StorableText
    private @Nullable String subject;

    @StorableMetadata private @Nullable Map<String, Object> metadata;

    public void setTitle(@Nullable String title) {
      changed.add(Member.TITLE);
      this.title = title;
    }

    public void setSubject(@Nullable String subject) {
      changed.add(Member.SUBJECT);
      this.subject = subject;
    }

    public void setMetadata(@Nullable Map<String, Object> metadata) {
      changed.add(Member.METADATA);
      this.metadata = metadata;
    }

    ConversationChange toCore() {
      return new ConversationChange(changed, title, subject, metadata);
    }
  }

  /** A stored conversation. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Conversation")
  record Stored(
      UUID id,
      @Nullable String title,
      @Nullable String subject,
      Map<String, Object> metadata,
      long version,
      long lastSeq,
      Instant createdAt,
      Instant updatedAt) {

    static Stored of(Conversation conversation) {
      return new Stored(
          conversation.id(),
          conversation.title(),
          conversation.subject(),
          conversation.metadata(),
          conversation.version(),
          conversation.lastSeq(),
          conversation.createdAt(),
          conversation.updatedAt());
    }
  }

  static Map<String, Object> orEmpty(@Nullable Map<String, Object> metadata) {
    return metadata == null ? Map.of() : metadata;
  }

  /** A page of conversations, newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ConversationPage")
  record Page(@Schema(maxItems = 200) List<Stored> conversations, @Nullable String nextCursor) {}
}
