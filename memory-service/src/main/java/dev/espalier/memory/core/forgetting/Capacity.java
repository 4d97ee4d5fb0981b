package dev.espalier.memory.core.forgetting;

import org.jspecify.annotations.Nullable;

/**
 * How many turns a tier holds. Both limits count when both are given; none means all.
 *
 * @param atMost a number of turns
 * @param share of all turns that the conversation ever had, 0 to 1
 */
public record Capacity(@Nullable Long atMost, @Nullable Double share) {

  public static final Capacity ALL = new Capacity(null, null);

  public Capacity {
    if (atMost != null && atMost < 0) {
      throw new IllegalArgumentException("at_most=" + atMost);
    }
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share=" + share);
    }
  }

  public static Capacity share(double share) {
    return new Capacity(null, share);
  }

  /**
   * @param turns how many turns the conversation ever had
   */
  long of(long turns) {
    long byNumber = atMost == null ? Long.MAX_VALUE : atMost;
    long byShare = share == null ? Long.MAX_VALUE : (long) Math.ceil(share * turns);
    return Math.min(byNumber, byShare);
  }
}
