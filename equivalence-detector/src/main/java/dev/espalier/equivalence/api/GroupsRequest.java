package dev.espalier.equivalence.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Candidate steps after one prefix.
 *
 * @param problem what is being solved; without it no given can be recognised
 * @param prefix the steps before, oldest first
 * @param steps at most 256 candidates
 * @param threshold probability from which on a pair is equivalent; the detector's own by default
 * @param judge whether a language model is asked about undecided pairs
 */
public record GroupsRequest(
    @Schema(maxLength = Limits.MAX_PROBLEM_CHARACTERS) @Nullable String problem,
    @Schema(maxItems = Limits.MAX_PREFIX_STEPS) @Nullable List<@NotNull String> prefix,
    @Schema(maxItems = Limits.MAX_STEPS) @NotEmpty List<@NotNull @Valid Step> steps,
    @Nullable @DecimalMin("0.01") @DecimalMax("0.999") Double threshold,
    @Nullable Boolean judge) {

  /**
   * A candidate step.
   *
   * @param id names the step in the answer
   * @param text at most 8,000 characters
   * @param logProbability of the step under the model that proposed it
   * @param terminal whether it ends the reasoning
   * @param multiplicity how often it was proposed; 1 by default
   */
  public record Step(
      @NotNull @Pattern(regexp = "[A-Za-z0-9_.:-]{1,128}") String id,
      @Schema(maxLength = Limits.MAX_STEP_CHARACTERS) @NotNull String text,
      @Nullable @DecimalMax("1000") @DecimalMin("-1e9") Double logProbability,
      @Nullable Boolean terminal,
      @Nullable @Min(1) @Max(1_000_000) Integer multiplicity) {}
}
