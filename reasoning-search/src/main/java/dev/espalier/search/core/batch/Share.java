package dev.espalier.search.core.batch;

import dev.espalier.search.core.ledger.Limits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search may spend of its batch's budget, and what of it is gone; null is no limit.
 *
 * <p>A budget over many searches on many replicas is kept without asking anybody before each call:
 * a search that starts is granted an equal part of what is left, for itself and for each search
 * that has yet to start, and what it does not spend goes back. So the sum of all grants never
 * exceeds the budget. The price: a search may stop at its part while another leaves some of its
 * own, until that one has ended.
 *
 * @param money in the currency of the configured prices
 */
public record Share(
    @Nullable Long tokens, @Nullable Long calls, @Nullable Duration time, @Nullable Double money) {

  public static final Share UNLIMITED = new Share(null, null, null, null);

  /**
   * The part of a search that starts.
   *
   * @param taken of each other search: what it spent if it has ended, what it was granted if not
   * @param waiting how many searches have yet to start, this one too
   */
  public Share grant(List<Share> taken, int waiting) {
    return new Share(
        part(tokens, taken.stream().mapToLong(share -> or0(share.tokens)).sum(), waiting),
        part(calls, taken.stream().mapToLong(share -> or0(share.calls)).sum(), waiting),
        time == null
            ? null
            : Duration.ofMillis(
                left(
                        time.toMillis(),
                        taken.stream()
                            .mapToLong(share -> share.time == null ? 0 : share.time.toMillis())
                            .sum())
                    / waiting),
        money == null
            ? null
            : Math.max(
                    0,
                    money
                        - taken.stream()
                            .mapToDouble(share -> share.money == null ? 0 : share.money)
                            .sum())
                / waiting);
  }

  /** The limits of a search within this share. */
  public Limits within(Limits own) {
    return new Limits(
        smaller(own.tokens(), tokens),
        smaller(own.calls(), calls),
        smaller(own.time(), time),
        smaller(own.money(), money),
        own.nodes(),
        own.depth());
  }

  private static @Nullable Long part(@Nullable Long budget, long taken, int waiting) {
    return budget == null ? null : left(budget, taken) / waiting;
  }

  private static long left(long budget, long taken) {
    return Math.max(0, budget - taken);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static <T extends Comparable<T>> @Nullable T smaller(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
