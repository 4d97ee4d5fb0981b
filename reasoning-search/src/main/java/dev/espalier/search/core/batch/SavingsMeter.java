package dev.espalier.search.core.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What pruning saves, measured on the user's own problems: the tokens of the pruned runs over the
 * tokens of the unpruned runs of the same problems.
 *
 * <p>The ratio is one of sums, so that a long problem weighs what it costs. Its interval is a
 * percentile bootstrap over the problems (Efron and Tibshirani, An Introduction to the Bootstrap,
 * 1993, ch. 13): a problem is drawn with both its runs, which keeps the pairing.
 */
public final class SavingsMeter {

  private static final int RESAMPLES = 2_000;
  private static final double TAIL = .025;

  /** Below that many pairs an interval would pretend to know. */
  private static final int MIN_PAIRS = 5;

  /**
   * Both runs of one problem.
   *
   * @param pruned tokens of the run that was asked for
   * @param control tokens of the unpruned run
   * @param isSameAnswer whether both answered the same
   */
  public record Pair(long pruned, long control, boolean isSameAnswer) {}

  /**
   * A reading.
   *
   * @param pairs how many problems have both runs
   * @param ratio pruned over control tokens; null without pairs
   * @param low lower end of the 95 % interval; null below five pairs
   * @param high upper end
   * @param sameAnswers pairs with the same answer
   * @param seed of the bootstrap
   */
  public record Reading(
      int pairs,
      @Nullable Double ratio,
      @Nullable Double low,
      @Nullable Double high,
      int sameAnswers,
      long seed) {}

  private SavingsMeter() {}

  public static Reading read(List<Pair> all, long seed) {
    List<Pair> pairs = all.stream().filter(pair -> pair.control() > 0).toList();
    int same = (int) pairs.stream().filter(Pair::isSameAnswer).count();
    if (pairs.isEmpty()) {
      return new Reading(0, null, null, null, 0, seed);
    }
    double ratio =
        (double) pairs.stream().mapToLong(Pair::pruned).sum()
            / pairs.stream().mapToLong(Pair::control).sum();
    if (pairs.size() < MIN_PAIRS) {
      return new Reading(pairs.size(), ratio, null, null, same, seed);
    }
    double[] ratios = resampled(pairs, new Random(seed));
    return new Reading(
        pairs.size(), ratio, quantile(ratios, TAIL), quantile(ratios, 1 - TAIL), same, seed);
  }

  private static double[] resampled(List<Pair> pairs, Random random) {
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      long pruned = 0;
      long control = 0;
      for (int j = 0; j < pairs.size(); j++) {
        Pair drawn = pairs.get(random.nextInt(pairs.size()));
        pruned += drawn.pruned();
        control += drawn.control();
      }
      ratios[i] = (double) pruned / control;
    }
    Arrays.sort(ratios);
    return ratios;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
