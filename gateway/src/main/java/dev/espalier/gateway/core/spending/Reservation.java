package dev.espalier.gateway.core.spending;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What was set aside for one call. It must be settled, whatever becomes of the call. */
public interface Reservation {

  /** The limits of the key as response headers, {@code x-ratelimit-...}; empty without limits. */
  Map<String, String> headers();

  /**
   * Replaces what was set aside by what was used, and records it. Only the first call counts.
   *
   * @param used {@link Charge#NOTHING} for a call that never reached a model
   * @param isEstimated whether we counted ourselves, because the upstream did not or lied
   * @param outcome how the call ended, for the usage record: {@code completed}, {@code cancelled},
   *     {@code failed}
   */
  CompletionStage<Void> settle(Charge used, boolean isEstimated, String outcome);
}
