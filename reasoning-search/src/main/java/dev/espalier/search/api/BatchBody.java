package dev.espalier.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.core.batch.SavingsMeter;
import dev.espalier.search.store.BatchStore.StoredBatch;
import dev.espalier.search.store.SearchStatus;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A batch on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SearchBatch")
record BatchBody(
    UUID id,
    @Schema(description = "running or completed") String status,
    int items,
    @Schema(description = "how many items have come how far") Map<String, Integer> progress,
    @Schema(description = "the same for the unpruned runs") Map<String, Integer> controlProgress,
    @Nullable Savings savings,
    BatchHeader.@Nullable Budget budget,
    double controlFraction,
    long seed,
    Map<String, Object> metadata,
    Instant createdAt) {

  static BatchBody of(
      StoredBatch batch,
      Map<SearchStatus, Integer> progress,
      Map<SearchStatus, Integer> control,
      SavingsMeter.@Nullable Reading reading) {
    return new BatchBody(
        batch.id(),
        isOver(progress) && isOver(control) ? "completed" : "running",
        batch.items(),
        counts(progress),
        counts(control),
        reading == null ? null : Savings.of(reading),
        BatchHeader.Budget.of(batch.budget()),
        batch.controlFraction(),
        batch.seed(),
        batch.metadata(),
        batch.createdAt());
  }

  private static boolean isOver(Map<SearchStatus, Integer> progress) {
    return progress.keySet().stream().allMatch(SearchStatus::isFinal);
  }

  private static Map<String, Integer> counts(Map<SearchStatus, Integer> progress) {
    Map<String, Integer> counts = new TreeMap<>();
    for (SearchStatus status : SearchStatus.values()) {
      counts.put(SearchBody.name(status), progress.getOrDefault(status, 0));
    }
    return counts;
  }

  /** What pruning saves on the items that have both runs. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Savings")
  record Savings(
      int pairs,
      @Schema(description = "tokens of the pruned runs over those of the unpruned ones")
          @Nullable Double tokenRatio,
      @Schema(description = "95 % bootstrap interval; from five pairs on")
          @Nullable Double tokenRatioLow,
      @Nullable Double tokenRatioHigh,
      @Schema(description = "pairs with the same answer") int sameAnswers,
      long seed) {

    static Savings of(SavingsMeter.Reading reading) {
      return new Savings(
          reading.pairs(),
          reading.ratio(),
          reading.low(),
          reading.high(),
          reading.sameAnswers(),
          reading.seed());
    }
  }

  /** What a retry set going. */
  @Schema(name = "BatchRetry")
  record Retry(UUID id, int retried) {}

  /** What a cancellation ended. */
  @Schema(name = "BatchCancellation")
  record Cancellation(UUID id, int cancelled) {}
}
