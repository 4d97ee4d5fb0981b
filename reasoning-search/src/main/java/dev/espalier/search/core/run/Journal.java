package dev.espalier.search.core.run;

import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Ledger;
import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Spending;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a search's events and keeps its ledger, one event after the other: what a call may cost is
 * checked against all that was spent and all that is on its way, and reserved, in one go.
 */
final class Journal {

  private final EventLog log;
  private final Ledger ledger;
  private final Limits limits;
  private final ActiveTime time;
  private final BooleanSupplier isCancelled;

  Journal(
      EventLog log, Ledger ledger, Limits limits, ActiveTime time, BooleanSupplier isCancelled) {
    this.log = log;
    this.ledger = ledger;
    this.limits = limits;
    this.time = time;
    this.isCancelled = isCancelled;
  }

  synchronized void write(SearchEvent event, boolean isUrgent) {
    log.append(List.of(event), isUrgent);
    ledger.apply(event);
  }

  synchronized int start(
      int need, CallKind kind, Usage atMost, Price price, boolean isRetry, boolean isUrgent) {
    StopReason reason = whyStop();
    if (reason == null) {
      reason = exhaustedBy(new Spending(1, atMost, price.of(atMost)));
    }
    if (reason != null) {
      throw new BudgetExhaustedException(reason);
    }
    int call = ledger.nextCall();
    write(
        new SearchEvent.CallStarted(call, need, kind, atMost, price, isRetry, time.millis()),
        isUrgent);
    return call;
  }

  synchronized void end(
      int call, Usage usage, Price price, @Nullable String failure, List<Candidate> samples) {
    write(
        new SearchEvent.CallEnded(call, usage, price.of(usage), failure, time.millis(), samples),
        !samples.isEmpty());
  }

  /** Why nothing more may be done at all, or null. */
  @Nullable StopReason whyStop() {
    if (isCancelled.getAsBoolean()) {
      return StopReason.CANCELLED;
    }
    return limits.time() != null && time.millis() >= limits.time().toMillis()
        ? StopReason.SECONDS
        : null;
  }

  private @Nullable StopReason exhaustedBy(Spending next) {
    Spending all = ledger.total().plus(ledger.reserved()).plus(next);
    if (limits.calls() != null && all.calls() > limits.calls()) {
      return StopReason.CALLS;
    }
    if (limits.tokens() != null && all.usage().total() > limits.tokens()) {
      return StopReason.TOKENS;
    }
    return limits.money() != null && all.money() > limits.money() ? StopReason.MONEY : null;
  }

  Ledger ledger() {
    return ledger;
  }
}
