package dev.espalier.kg.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.kg.resource.Job;
import dev.espalier.kg.training.JsonText;
import dev.espalier.kg.training.TrainingOptions;
import dev.espalier.kg.training.TrainingRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Training jobs on the wire. */
final class JobBody {

  private JobBody() {}

  /** A training to start. */
  @Schema(name = "NewTraining", additionalProperties = Schema.False.class)
  record New(
      @Nullable TrainingOptions config,
      @Min(1) @Max(1_000_000) @Nullable Integer budgetSeconds,
      @Min(0) @Nullable Long seed) {}

  /** A job. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Job")
  record Stored(
      UUID id,
      UUID kg,
      long snapshot,
      String status,
      TrainingOptions config,
      long seed,
      int budgetSeconds,
      Map<?, ?> progress,
      @Nullable UUID model,
      @Nullable Map<?, ?> error,
      Instant createdAt,
      Instant updatedAt) {

    static Stored of(Job job, JsonText json) {
      TrainingRequest request = json.read(job.request(), TrainingRequest.class);
      return new Stored(
          job.id(),
          job.kg(),
          job.snapshot(),
          job.status().wireName(),
          request.options(),
          request.seed(),
          request.budgetSeconds(),
          json.read(job.progress(), Map.class),
          job.model().orElse(null),
          job.error().<Map<?, ?>>map(text -> json.read(text, Map.class)).orElse(null),
          job.createdAt(),
          job.updatedAt());
    }
  }
}
