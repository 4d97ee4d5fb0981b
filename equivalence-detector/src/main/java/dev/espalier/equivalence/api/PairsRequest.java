package dev.espalier.equivalence.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pairs to decide, each with its own context.
 *
 * @param pairs at most 1,000
 * @param threshold probability from which on a pair is equivalent; the detector's own by default
 */
public record PairsRequest(
    @NotEmpty List<@NotNull @Valid PairBody> pairs,
    @Nullable @DecimalMin("0.01") @DecimalMax("0.999") Double threshold) {

  /** Two steps after the same prefix. */
  public record PairBody(
      @Nullable @Pattern(regexp = "[A-Za-z0-9_.:-]{1,128}") String id,
      @Nullable String problem,
      @Nullable List<@NotNull String> prefix,
      @NotNull String a,
      @NotNull String b) {}
}
