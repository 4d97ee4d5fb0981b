package dev.espalier.search.api;

import dev.espalier.persistence.StorableMetadata;
import dev.espalier.search.core.batch.Share;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The optional first line of a batch: {@code {"batch": {...}}}. */
@Schema(name = "BatchHeader", additionalProperties = Schema.False.class)
record BatchHeader(@Valid Settings batch) {

  static final Settings NOTHING = new Settings(null, null, null, null, null);

  /**
   * What holds for the whole batch.
   *
   * @param budget of all searches together
   * @param controlFraction of the items that also run unpruned: they cost their tokens again, and
   *     more
   * @param seed by which those items are drawn
   * @param defaults members that lines leave out
   */
  @Schema(name = "BatchSettings", additionalProperties = Schema.False.class)
  record Settings(
      @Valid @Nullable Budget budget,
      @DecimalMin("0") @DecimalMax("1") @Nullable Double controlFraction,
      @Nullable Long seed,
      @StorableMetadata @Nullable Map<String, Object> metadata,
      @Nullable Map<String, Object> defaults) {}

  /** The most that all searches of a batch may spend together. */
  @Schema(name = "BatchBudget", additionalProperties = Schema.False.class)
  record Budget(
      @Min(1) @Nullable Long tokens,
      @Min(1) @Nullable Long calls,
      @DecimalMin(value = "0", inclusive = false) @DecimalMax("1e9") @Nullable Double seconds,
      @DecimalMin("0") @DecimalMax("1e12") @Nullable Double money) {

    static Share toCore(@Nullable Budget budget) {
      return budget == null
          ? Share.UNLIMITED
          : new Share(
              budget.tokens,
              budget.calls,
              budget.seconds == null ? null : Duration.ofMillis(Math.round(budget.seconds * 1_000)),
              budget.money);
    }

    static @Nullable Budget of(Share share) {
      return share.equals(Share.UNLIMITED)
          ? null
          : new Budget(
              share.tokens(),
              share.calls(),
              share.time() == null ? null : share.time().toMillis() / 1_000.0,
              share.money());
    }
  }
}
