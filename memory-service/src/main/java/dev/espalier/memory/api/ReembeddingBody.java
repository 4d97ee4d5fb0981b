package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.reembedding.Reembedding;
import dev.espalier.persistence.StorableText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Moves to another model on the wire. */
final class ReembeddingBody {

  private ReembeddingBody() {}

  /** A move. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Reembedding")
  record One(
      UUID id,
      String state,
      @Nullable Model from,
      Model to,
      long throughSeq,
      long lastSeq,
      long failed,
      Instant createdAt) {

    static One of(Reembedding move) {
      EmbeddingModel from = move.from();
      return new One(
          move.id(),
          move.state().name().toLowerCase(Locale.ROOT),
          from == null ? null : Model.of(from),
          Model.of(move.to()),
          move.throughSeq(),
          move.lastSeq(),
          move.failed(),
          move.createdAt());
    }
  }

  /** An embedding model. */
  @Schema(name = "EmbeddingModel")
  record Model(String name, String revision, String quantisation, int dimensions) {

    static Model of(EmbeddingModel model) {
      return new Model(model.name(), model.revision(), model.quantisation(), model.dimensions());
    }
  }

  /** What to compare two models by. */
  @Schema(name = "ComparisonRequest", additionalProperties = Schema.False.class)
  record Compare(
      @Size(max = 200) @Nullable List<@NotBlank @Size(max = 8000) @StorableText String> queries,
      @Min(1) @Max(200) @Nullable Integer sample,
      @Min(1) @Max(200) @Nullable Integer k,
      @Nullable Long seed) {

    private static final int DEFAULT_SAMPLE = 50;
    private static final int DEFAULT_K = 10;

    List<String> asked() {
      return queries == null ? List.of() : queries;
    }

    int sampled() {
      return sample == null ? DEFAULT_SAMPLE : sample;
    }

    int nearest() {
      return k == null ? DEFAULT_K : k;
    }

    long seeded() {
      return seed == null ? 1 : seed;
    }
  }
}
