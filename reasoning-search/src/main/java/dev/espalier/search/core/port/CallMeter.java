package dev.espalier.search.core.port;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;

/** Gives leave to spend, and writes down what was spent. */
public interface CallMeter {

  /**
   * Reserves the most that a call may cost. To be asked once for every request that is sent, a
   * retry too; what it returns is ended exactly once.
   *
   * @param atMost prompt tokens as estimated, completion tokens as limited by the request
   * @throws BudgetExhaustedException and nothing is reserved
   */
  Call start(CallKind kind, Usage atMost, Price price, boolean isRetry);

  /** One request on its way. */
  interface Call {

    /** The upstream answered and counts this; a usage that is an estimate says so. */
    void succeed(Usage usage);

    /**
     * As {@link #succeed(Usage)}, for a call that brings some of the samples of a need: they are
     * kept at once, so that a crash before the other calls have ended does not lose them. The need
     * is then asked again for the missing ones only.
     */
    default void succeed(Usage usage, List<Candidate> samples) {
      succeed(usage);
    }

    /**
     * No usable answer came.
     *
     * @param usage what it cost all the same
     * @param code the failure's code, such as {@code upstream.timeout}
     */
    void fail(Usage usage, String code);
  }
}
