package dev.espalier.search.store;

import dev.espalier.search.core.ledger.Cause;
import dev.espalier.search.core.ledger.Spending;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.run.Pruning;
import dev.espalier.search.core.run.SearchState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search, as it is kept and shown.
 *
 * @param answer what the search answers, or null
 * @param best the path to the answer, or to as far as the search came; null where it did not start
 * @param answers those with any weight, the heaviest first, at most 100
 * @param ledger what was spent, by cause
 * @param total the sum of the ledger
 * @param stoppedBecause null while it runs
 * @param activeMillis in which a worker held the search
 */
public record Summary(
    @Nullable String answer,
    @Nullable Best best,
    List<WeightedAnswer> answers,
    Map<String, Entry> ledger,
    Entry total,
    @Nullable StopReason stoppedBecause,
    Pruned pruning,
    int nodes,
    long activeMillis) {

  private static final int MAX_ANSWERS = 100;

  public Summary {
    answers = List.copyOf(answers);
    ledger = Map.copyOf(ledger);
  }

  public static Summary of(SearchState state) {
    Map<String, Entry> causes = new TreeMap<>();
    for (Cause cause : Cause.values()) {
      causes.put(cause.name().toLowerCase(Locale.ROOT), entry(state.ledger().of(cause)));
    }
    return new Summary(
        state.answer().orElse(null),
        state.best().map(it -> new Best(it.text(), it.score(), it.visits())).orElse(null),
        state.answers().stream()
            .filter(it -> it.weight() > 0)
            .limit(MAX_ANSWERS)
            .map(it -> new WeightedAnswer(it.answer(), it.weight()))
            .toList(),
        causes,
        entry(state.ledger().total()),
        state.stoppedBecause().orElse(null),
        pruned(state.pruning()),
        state.tree().size(),
        state.activeTime().toMillis());
  }

  private static Entry entry(Spending spending) {
    return new Entry(
        spending.calls(),
        spending.usage().promptTokens(),
        spending.usage().completionTokens(),
        spending.money(),
        spending.usage().isEstimated());
  }

  private static Pruned pruned(Pruning pruning) {
    return new Pruned(
        pruning.groupsMerged(),
        pruning.stepsMerged(),
        pruning.statesRepeated(),
        pruning.detector(),
        pruning.degraded(),
        pruning.unavailable() != null);
  }

  /** A path from the root to an answer, or to as far as the search came. */
  public record Best(String text, double score, int visits) {}

  /** A vote. */
  public record WeightedAnswer(String answer, double weight) {}

  /**
   * A line of the ledger.
   *
   * @param money in the currency of the configured prices
   * @param isEstimated whether an upstream did not count and we estimated
   */
  public record Entry(
      long calls, long promptTokens, long completionTokens, double money, boolean isEstimated) {

    public long tokens() {
      return promptTokens + completionTokens;
    }
  }

  /**
   * What was merged.
   *
   * @param groupsMerged classes with more than one member
   * @param stepsMerged steps that another one stands for
   * @param statesRepeated steps whose state another branch explores for them
   * @param detector what decided, or null
   * @param degradedExpansions expansions that the detector should have grouped and could not
   * @param isUnavailable whether it could group none
   */
  public record Pruned(
      int groupsMerged,
      int stepsMerged,
      int statesRepeated,
      @Nullable String detector,
      int degradedExpansions,
      boolean isUnavailable) {}
}
