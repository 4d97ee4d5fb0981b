package dev.espalier.search.core.run;

import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.event.StaleWorkerException;
import dev.espalier.search.core.ledger.Ledger;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.strategy.Answer;
import dev.espalier.search.core.strategy.SearchStrategy;
import dev.espalier.search.core.strategy.Strategies;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.Node.Stage;
import dev.espalier.search.core.tree.SearchTree;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives one search to its end: gives its strategy the answers that the events hold, asks the ports
 * for the others, and writes everything down before it is used. A search that was cut off at any
 * event goes on from there as if nothing had happened; what was on its way then is lost, is counted
 * as such, and is asked again.
 */
public final class SearchRun {

  private final SearchSpec spec;
  private final SearchPorts ports;
  private final SearchSettings settings;
  private final Clock clock;
  private final Executor executor;
  private final String tenant;
  private final String requestId;
  private final Recorded recorded;
  private final Journal journal;
  private final ActiveTime time;
  private final SearchStrategy strategy;
  private final FinalAnswers answers;
  private final Inquiry inquiry;
  private final Failures failures;

  /**
   * @param history what happened to the search so far, in order; empty for a new one
   * @param clock such as {@link MonotonicClock}
   * @param executor for needs that can be met at the same time; not the one that runs searches,
   *     which wait for it
   * @param isCancelled asked before every call and between rounds
   */
  public SearchRun(
      SearchSpec spec,
      SearchPorts ports,
      EventLog log,
      List<SearchEvent> history,
      SearchSettings settings,
      Clock clock,
      Executor executor,
      String tenant,
      String requestId,
      BooleanSupplier isCancelled) {
    this.spec = spec;
    this.ports = ports;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.tenant = tenant;
    this.requestId = requestId;
    this.recorded = Recorded.of(history);
    Ledger ledger = Ledger.of(history);
    ledger.loseOpenCalls();
    this.time = new ActiveTime(clock, ledger.activeMillis());
    this.journal = new Journal(log, ledger, spec.limits(), time, isCancelled);
    this.strategy = Strategies.of(spec);
    this.answers = new FinalAnswers(strategy.tree(), recorded);
    this.inquiry = new Inquiry(spec, ports, recorded, journal, this::context);
    this.failures = new Failures(settings.failuresInARow());
  }

  /**
   * Goes on until the search has finished.
   *
   * @throws StaleWorkerException when somebody else holds the search now
   */
  public SearchState run() {
    Optional<SearchEvent.Finished> already = recorded.finished();
    if (already.isPresent()) {
      answers.replay(strategy);
      return new SearchState(spec, strategy, journal.ledger(), already.get());
    }
    while (true) {
      List<Need> needs = strategy.next();
      StopReason reason = whyStop(needs);
      if (reason == null) {
        reason = meet(needs);
      }
      if (reason != null) {
        SearchEvent.Finished finished = new SearchEvent.Finished(reason, time.millis());
        journal.write(finished, true);
        return new SearchState(spec, strategy, journal.ledger(), finished);
      }
    }
  }

  private @Nullable StopReason whyStop(List<Need> needs) {
    if (ports.scorer().proves() && answers.proven().isPresent()) {
      return StopReason.SOLVED;
    }
    if (failures.areTooMany()) {
      return StopReason.UPSTREAM_FAILED;
    }
    return needs.isEmpty() ? strategy.reason() : journal.whyStop();
  }

  /** Meets the needs of one round, all that can be met, and says what forbade the others. */
  private @Nullable StopReason meet(List<Need> needs) {
    List<CompletableFuture<Answer>> round = new ArrayList<>();
    for (int i = 0; i < needs.size(); i++) {
      boolean isLast = i == needs.size() - 1;
      round.add(answer(needs.get(i), isLast ? Runnable::run : executor));
    }
    StopReason reason = null;
    RuntimeException broken = null;
    for (int i = 0; i < needs.size(); i++) {
      try {
        Answer answer = round.get(i).join();
        if (broken == null) {
          accept(needs.get(i), answer);
        }
      } catch (CompletionException e) {
        if (e.getCause() instanceof BudgetExhaustedException exhausted) {
          reason = reason == null ? exhausted.reason() : reason;
        } else if (e.getCause() instanceof RuntimeException cause) {
          broken = broken == null ? cause : broken;
        } else {
          throw e;
        }
      }
    }
    if (broken != null) {
      throw broken;
    }
    return reason;
  }

  private CompletableFuture<Answer> answer(Need need, Executor on) {
    Optional<Answer> known = recorded.answer(need);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    Node node = strategy.tree().node(need.node());
    boolean isConfirmation = need instanceof Need.Group && node.stage() == Stage.LEAF;
    return CompletableFuture.supplyAsync(() -> inquiry.ask(need, isConfirmation), on);
  }

  private void accept(Need need, Answer answer) {
    strategy.accept(need, answer);
    failures.count(need, answer);
    if (need instanceof Need.Score && answer instanceof Answer.Scored) {
      SearchTree tree = strategy.tree();
      answers
          .read(tree.node(need.node()), ports.answers(), ports.scorer().proves())
          .forEach(found -> journal.write(found, false));
    }
  }

  private CallContext context(BudgetMeter meter) {
    Duration most = settings.needTime();
    Duration limit = spec.limits().time();
    if (limit != null) {
      Duration left = limit.minusMillis(time.millis());
      most = left.compareTo(most) < 0 ? left : most;
    }
    Instant deadline = clock.instant().plus(most);
    return new CallContext(tenant, requestId, deadline, meter);
  }
}
