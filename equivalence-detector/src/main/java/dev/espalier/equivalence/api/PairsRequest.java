package dev.espalier.equivalence.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Pairs to decide, each with its own context.
 *
 * @param pairs at most 1,000
 * @param threshold probability from which on a pair is equivalent; the detector's own by default
 */
public record PairsRequest(
    @Schema(maxItems = Limits.MAX_PAIRS) @NotEmpty List<@NotNull @Valid PairBody> pairs,
    @Nullable @DecimalMin("0.01") @DecimalMax("0.999") Double threshold) {

  /** Two steps after the same prefix. */
  public record PairBody(
      @Nullable @Pattern(regexp = "[A-Za-z0-9_.:-]{1,128}") String id,
      @Schema(maxLength = Limits.MAX_PROBLEM_CHARACTERS) @Nullable String problem,
      @Schema(maxItems = Limits.MAX_PREFIX_STEPS) @Nullable List<@NotNull String> prefix,
      @Schema(maxLength = Limits.MAX_STEP_CHARACTERS) @NotNull String a,
      @Schema(maxLength = Limits.MAX_STEP_CHARACTERS) @NotNull String b) {}
}
