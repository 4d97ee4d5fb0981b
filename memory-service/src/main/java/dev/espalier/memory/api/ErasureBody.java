package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.erasure.Erased;
import dev.espalier.memory.core.erasure.Erasure;
import dev.espalier.memory.core.erasure.Target;
import dev.espalier.persistence.StorableText;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Erasures on the wire. */
final class ErasureBody {

  private ErasureBody() {}

  /** Whom to erase. */
  @Schema(name = "ErasureRequest", additionalProperties = Schema.False.class)
  record Request(
      @Size(min = 1, max = 200) @StorableText @Nullable String subject,
      @Size(min = 1, max = 200) @StorableText @Nullable String speaker) {

    Target toCore() {
      if (subject == null && speaker == null) {
        throw new ProblemException(
            Problem.of(ErrorCode.INVALID, "an erasure names a subject, a speaker, or both"));
      }
      return new Target(subject, speaker);
    }
  }

  /** The receipt, which says how much went and nothing about what it was. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Erasure")
  record Receipt(
      UUID id, String state, Instant requestedAt, @Nullable Instant completedAt, Erased erased) {

    static Receipt of(Erasure erasure) {
      return new Receipt(
          erasure.id(),
          erasure.completedAt() == null ? "running" : "done",
          erasure.requestedAt(),
          erasure.completedAt(),
          erasure.erased());
    }
  }

  /** What redacting one turn removed. */
  @Schema(name = "Redaction")
  record Redaction(long seq, Erased erased) {}
}
