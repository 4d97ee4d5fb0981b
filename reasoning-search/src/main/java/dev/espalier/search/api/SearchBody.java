package dev.espalier.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.store.SearchStatus;
import dev.espalier.search.store.StoredSearch;
import dev.espalier.search.store.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A search on the wire: what was asked for, with the defaults filled in, and how far it has come.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Search")
record SearchBody(
    UUID id,
    String status,
    @Nullable String answer,
    @Nullable Best best,
    List<Vote> answers,
    @Nullable LedgerBody ledger,
    @Nullable String stoppedBecause,
    @Schema(
            oneOf = {PruningBody.class, String.class},
            description = "or the text \"unavailable\"")
        @Nullable Object pruning,
    @Nullable Integer nodes,
    @Nullable Double activeSeconds,
    @Nullable String failure,
    String problem,
    NewSearch.Strategy strategy,
    NewSearch.Proposer proposer,
    NewSearch.Scorer scorer,
    NewSearch.Budget budget,
    long seed,
    Map<String, Object> metadata,
    @Nullable UUID batchId,
    @Nullable Integer item,
    @Schema(description = "the unpruned run of a batch's item") @Nullable Boolean control,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant finishedAt) {

  static final String UNAVAILABLE = "unavailable";

  /**
   * @param summary how far it has come, or null where nobody knows yet
   */
  static SearchBody of(StoredSearch search, @Nullable Summary summary) {
    StoredSearch.BatchItem item = search.item();
    return new SearchBody(
        search.id(),
        name(search.status()),
        summary == null ? null : summary.answer(),
        summary == null || summary.best() == null ? null : Best.of(summary.best()),
        summary == null ? List.of() : summary.answers().stream().map(Vote::of).toList(),
        summary == null ? null : LedgerBody.of(summary),
        stoppedBecause(search, summary),
        pruning(search, summary),
        summary == null ? null : summary.nodes(),
        summary == null ? null : summary.activeMillis() / 1_000.0,
        search.failure(),
        search.spec().problem(),
        SpecBody.strategy(search.spec().strategy()),
        SpecBody.proposer(search.spec().proposer()),
        new NewSearch.Scorer(search.spec().scorer().type(), search.spec().scorer().model()),
        SpecBody.budget(search.spec().limits()),
        search.spec().seed(),
        search.metadata(),
        item == null ? null : item.batch(),
        item == null ? null : item.number(),
        item == null || !item.isControl() ? null : true,
        search.createdAt(),
        search.updatedAt(),
        search.finishedAt());
  }

  private static @Nullable String stoppedBecause(StoredSearch search, @Nullable Summary summary) {
    if (summary != null && summary.stoppedBecause() != null) {
      return name(summary.stoppedBecause());
    }
    return search.status() == SearchStatus.CANCELLED ? name(StopReason.CANCELLED) : null;
  }

  private static Object pruning(StoredSearch search, @Nullable Summary summary) {
    NewSearch.Pruning asked = SpecBody.pruning(search.spec().pruning());
    if (summary != null && summary.pruning().isUnavailable()) {
      return UNAVAILABLE;
    }
    return PruningBody.of(asked, summary == null ? null : summary.pruning());
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The best path so far, its steps with a blank line between. */
  @Schema(name = "BestPath")
  record Best(String text, double score, int visits) {
    static Best of(Summary.Best best) {
      return new Best(best.text(), best.score(), best.visits());
    }
  }

  /** An answer and the weight of the paths that lead to it, 0-1. */
  @Schema(name = "WeightedAnswer")
  record Vote(String answer, double weight) {
    static Vote of(Summary.WeightedAnswer answer) {
      return new Vote(answer.answer(), answer.weight());
    }
  }

  /** What was asked for and what was merged. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "PruningResult")
  record PruningBody(
      @Nullable String mode,
      @Nullable Double threshold,
      @Nullable Boolean transpositions,
      @Nullable Integer groupsMerged,
      @Nullable Integer stepsMerged,
      @Nullable Integer statesRepeated,
      @Nullable String detector,
      @Schema(description = "expansions that the detector could not group: by text only")
          @Nullable Integer degradedExpansions) {

    static PruningBody of(NewSearch.Pruning asked, Summary.@Nullable Pruned pruned) {
      return new PruningBody(
          asked.mode(),
          asked.threshold(),
          asked.transpositions(),
          pruned == null ? null : pruned.groupsMerged(),
          pruned == null ? null : pruned.stepsMerged(),
          pruned == null ? null : pruned.statesRepeated(),
          pruned == null ? null : pruned.detector(),
          pruned == null ? null : pruned.degradedExpansions());
    }
  }

  /** What was spent. */
  @Schema(name = "Ledger")
  record LedgerBody(Entry total, Map<String, Entry> byCause) {
    static LedgerBody of(Summary summary) {
      Map<String, Entry> causes = new TreeMap<>();
      summary.ledger().forEach((cause, entry) -> causes.put(cause, Entry.of(entry)));
      return new LedgerBody(Entry.of(summary.total()), causes);
    }
  }

  /** A line of the ledger. */
  @Schema(name = "LedgerEntry")
  record Entry(
      long calls,
      long promptTokens,
      long completionTokens,
      double money,
      @JsonProperty("estimated") boolean isEstimated) {
    static Entry of(Summary.Entry entry) {
      return new Entry(
          entry.calls(),
          entry.promptTokens(),
          entry.completionTokens(),
          entry.money(),
          entry.isEstimated());
    }
  }

  /** A page of searches, newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SearchPage")
  record Page(@Schema(maxItems = 200) List<SearchBody> searches, @Nullable String nextCursor) {}
}
