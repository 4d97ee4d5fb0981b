package dev.espalier.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.persistence.StorableMetadata;
import dev.espalier.persistence.StorableText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A search to run, on the wire. */
@Schema(name = "NewSearch", additionalProperties = Schema.False.class)
record NewSearch(
    @NotBlank @Size(max = MAX_PROBLEM) @StorableText String problem,
    @Valid @Nullable Strategy strategy,
    @NotNull @Valid Proposer proposer,
    @Valid @Nullable Scorer scorer,
    @Valid @Nullable Pruning pruning,
    @Valid @Nullable Budget budget,
    @Nullable Long seed,
    @StorableMetadata @Nullable Map<String, Object> metadata) {

  /** Characters; what the detector takes. */
  static final int MAX_PROBLEM = 20_000;

  static final int MAX_WIDTH = 64;
  private static final int MAX_NAME = 200;

  /** Which search; members that its type does not have are refused. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Strategy", additionalProperties = Schema.False.class)
  record Strategy(
      @NotNull @Pattern(regexp = "^(?:mcts|beam|best_of_n)$") String type,
      @Min(1) @Max(1_000) @Nullable Integer simulations,
      @Min(1) @Max(MAX_WIDTH) @Nullable Integer width,
      @Min(1) @Max(100) @Nullable Integer depth,
      @DecimalMin("0") @DecimalMax("100") @Nullable Double exploration,
      @Min(1) @Max(MAX_WIDTH) @Nullable Integer beam,
      @Min(1) @Max(256) @Nullable Integer samples) {}

  /** Where steps come from. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Proposer", additionalProperties = Schema.False.class)
  record Proposer(
      @NotBlank @Size(max = MAX_NAME) @StorableText String type,
      @Size(min = 1, max = MAX_NAME) @StorableText @Nullable String model,
      @DecimalMin("0") @DecimalMax("2") @Nullable Double temperature,
      @Min(1) @Max(16_384) @Nullable Integer maxStepTokens,
      @DecimalMin("0") @DecimalMax("0.95") @Nullable Double duplicateRate) {}

  /** Who scores. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Scorer", additionalProperties = Schema.False.class)
  record Scorer(
      @NotBlank @Size(max = MAX_NAME) @StorableText String type,
      @Size(min = 1, max = MAX_NAME) @StorableText @Nullable String model) {}

  /** What is merged. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Pruning", additionalProperties = Schema.False.class)
  record Pruning(
      @Pattern(regexp = "^(?:none|verbatim|equivalence|everything)$") @Nullable String mode,
      @DecimalMin("0") @DecimalMax("1") @Nullable Double threshold,
      @Nullable Boolean transpositions) {}

  /** The most that a search may spend. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Budget", additionalProperties = Schema.False.class)
  record Budget(
      @Min(1) @Nullable Long tokens,
      @Min(1) @Nullable Long calls,
      @DecimalMin(value = "0", inclusive = false) @DecimalMax("1e9") @Nullable Double seconds,
      @DecimalMin("0") @DecimalMax("1e12") @Nullable Double money,
      @Min(2) @Nullable Integer nodes,
      @Min(1) @Nullable Integer depth) {}
}
