package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.Price;
import dev.espalier.gateway.core.llm.TokenUsage;
import dev.espalier.gateway.core.llm.Tokens;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Reservation;
import org.jboss.logging.Logger;

/** What one call has cost so far, over all its requests; settled once. */
final class Account {

  private static final Logger LOG = Logger.getLogger(Account.class);

  private final Reservation reservation;
  private final String requestId;
  private final long promptBytes;
  private Charge spent = Charge.NOTHING;
  private boolean isEstimated;
  private boolean isSettled;

  Account(Reservation reservation, String requestId, long promptBytes) {
    this.reservation = reservation;
    this.requestId = requestId;
    this.promptBytes = promptBytes;
  }

  Reservation reservation() {
    return reservation;
  }

  /** A request that brought nothing, and may be charged for all the same. */
  void failed(ModelFailure failure, Price price) {
    if (failure.isPerhapsCharged()) {
      add(price.of(Tokens.likely(promptBytes), 0));
      isEstimated = true;
    }
  }

  void used(TokenUsage usage, Price price) {
    add(price.of(usage.prompt(), usage.completion()));
    isEstimated |= usage.isEstimated();
  }

  void settle(String outcome) {
    if (!isSettled) {
      isSettled = true;
      reservation
          .settle(spent, isEstimated, outcome)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  LOG.errorf(failure, "request %s could not be settled", requestId);
                }
              });
    }
  }

  private void add(Charge more) {
    spent =
        new Charge(
            spent.promptTokens() + more.promptTokens(),
            spent.completionTokens() + more.completionTokens(),
            spent.nanos() + more.nanos());
  }
}
