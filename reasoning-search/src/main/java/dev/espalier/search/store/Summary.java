package dev.espalier.search.store;

import dev.espalier.search.core.ledger.StopReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search, as it is kept and shown.
 *
 * @param best the path with the highest score, or null where none was found
 * @param answers by weight, the heaviest first
 * @param ledger what was spent, by cause
 * @param total the sum of the ledger
 * @param stoppedBecause null while it runs
 * @param activeMillis in which a worker held the search
 */
public record Summary(
    @Nullable Best best,
    List<WeightedAnswer> answers,
    Map<String, Entry> ledger,
    Entry total,
    @Nullable StopReason stoppedBecause,
    Pruned pruning,
    int nodes,
    long activeMillis) {

  public Summary {
    answers = List.copyOf(answers);
    ledger = Map.copyOf(ledger);
  }

  /** The answer with the most weight, or null. */
  public @Nullable String answer() {
    return answers.isEmpty() ? null : answers.get(0).answer();
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
   * @param detector what decided, or null
   * @param degradedExpansions expansions that the detector should have grouped and could not
   * @param isUnavailable whether it could group none
   */
  public record Pruned(
      int groupsMerged,
      int stepsMerged,
      @Nullable String detector,
      int degradedExpansions,
      boolean isUnavailable) {}
}
