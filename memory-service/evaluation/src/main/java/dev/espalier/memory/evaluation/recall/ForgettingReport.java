package dev.espalier.memory.evaluation.recall;

import dev.espalier.measuring.stats.Bootstrap.Interval;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The table of what forgetting costs. */
final class ForgettingReport {

  private final Scores scores;
  private final List<Double> shares;
  private final long seed;
  private final PrintStream out;

  ForgettingReport(Scores scores, List<Double> shares, long seed, PrintStream out) {
    this.scores = scores;
    this.shares = List.copyOf(shares);
    this.seed = seed;
    this.out = out;
  }

  void print() {
    Interval whole = scores.mean(ForgettingEvaluation.WHOLE, null, seed);
    out.printf(
        Locale.ROOT,
        "%nevidence recall at %d of the whole memory: %.2f (%.1f-%.1f), %d questions;"
            + " after all cuts were undone: %.2f%n%n",
        ForgettingEvaluation.K,
        whole.mean(),
        whole.low(),
        whole.high(),
        scores.questions(null),
        scores.mean(ForgettingEvaluation.WHOLE + " again", null, seed).mean());
    out.printf("%-24s", "lost points, cut share");
    shares.forEach(share -> out.printf(Locale.ROOT, "%-12s", share));
    out.println();
    for (String strategy : Cut.STRATEGIES) {
      row(strategy, false);
      row(strategy, true);
    }
    out.println("\n" + new RecallReport(scores, seed, out).json());
  }

  private void row(String strategy, boolean isHard) {
    out.printf("%-24s", strategy + (isHard ? ", hard" : ", soft"));
    for (double share : shares) {
      double loss = loss(scores, Cut.name(strategy, share, isHard), seed);
      out.printf(Locale.ROOT, "%-12.2f", loss);
    }
    out.println();
  }

  /** What a measure is below the whole memory's. */
  static double loss(Scores scores, String measure, long seed) {
    return scores.mean(ForgettingEvaluation.WHOLE, null, seed).mean()
        - scores.mean(measure, null, seed).mean();
  }
}
