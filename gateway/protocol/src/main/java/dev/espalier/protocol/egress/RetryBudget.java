package dev.espalier.protocol.egress;

/**
 * Retries that an upstream's calls have earned, so that a burst of failures is not multiplied: at
 * most 2, and 8 for every 100 calls. From 100 calls on, at most 1.1 requests are sent for a call.
 */
public final class RetryBudget {

  private static final double RESERVE = 2;
  private static final double PER_CALL = 0.08;
  private static final double MOST = 10;

  private double earned = RESERVE;

  /** A call was made. */
  public synchronized void earn() {
    earned = Math.min(MOST, earned + PER_CALL);
  }

  /** Whether a retry may be made; if so, it is spent. */
  public synchronized boolean spend() {
    if (earned < 1) {
      return false;
    }
    earned -= 1;
    return true;
  }
}
