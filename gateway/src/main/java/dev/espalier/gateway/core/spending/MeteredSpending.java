package dev.espalier.gateway.core.spending;

import dev.espalier.gateway.core.access.Access;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls to the token limit of their key and to the budgets of key and tenant.
 *
 * <p>A caller without a budget costs no call to the store. One that has a budget is refused when
 * the store does not answer: a budget that cannot be asked covers nothing.
 */
public final class MeteredSpending implements Spending {

  private record Settlement(UUID reservation, Charge used) {}

  private final Access access;
  private final RateLimits limits;
  private final BudgetStore budgets;
  private final UsageLog usages;
  private final CallWatch watch;
  private final Executor blocking;
  private final Clock clock;
  private final Duration reservationTtl;

  /** Settlements that the store did not take; each one is tried until it does. */
  private final Queue<Settlement> unsettled = new ConcurrentLinkedQueue<>();

  /**
   * @param blocking runs calls to the store
   * @param reservationTtl when a reservation that nobody settled is released
   */
  public MeteredSpending(
      Access access,
      RateLimits limits,
      BudgetStore budgets,
      UsageLog usages,
      CallWatch watch,
      Executor blocking,
      Clock clock,
      Duration reservationTtl) {
    this.access = access;
    this.limits = limits;
    this.budgets = budgets;
    this.usages = usages;
    this.watch = watch;
    this.blocking = blocking;
    this.clock = clock;
    this.reservationTtl = reservationTtl;
  }

  @Override
  public CompletionStage<Reservation> reserve(
      Caller caller, String requestId, String operation, String model, Charge atMost) {
    try {
      boolean isBudgeted = access.isBudgeted(caller).orElseThrow(MeteredSpending::cannotTell);
      RateLimits.TokenHold tokens = limits.takeTokens(caller, atMost.tokens());
      CallWatch.Watched watched = watch.begin(operation, model);
      Call call = new Call(caller, requestId, operation, model, watched);
      if (!isBudgeted) {
        return CompletableFuture.completedStage(new Metered(call, tokens, null));
      }
      return CompletableFuture.supplyAsync(() -> hold(caller, atMost), blocking)
          .handle((held, failure) -> held(call, tokens, held, failure));
    } catch (ProblemException e) {
      return CompletableFuture.failedStage(e);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          new ProblemException(Problem.of(ErrorCode.OVERLOADED, null), e));
    }
  }

  /** Tries again what could not be settled. Blocks. */
  public void settleRest() {
    for (int i = unsettled.size(); i > 0; i--) {
      Settlement next = unsettled.poll();
      if (next != null && !settle(next)) {
        return;
      }
    }
  }

  /** Calls that are over and whose reservations still stand. */
  public int unsettled() {
    return unsettled.size();
  }

  private UUID hold(Caller caller, Charge atMost) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    BudgetStore.Outcome outcome =
        budgets.reserve(id, caller, atMost, now, now.plus(reservationTtl));
    if (outcome instanceof BudgetStore.Outcome.Exhausted exhausted) {
      throw new ProblemException(
          SpendingProblems.budgetExhausted(
              exhausted.budget().toString(), exhausted.period().left(now).orElse(null)));
    }
    return id;
  }

  private Reservation held(
      Call call,
      RateLimits.TokenHold tokens,
      @Nullable UUID reservation,
      @Nullable Throwable failure) {
    if (failure == null) {
      return new Metered(call, tokens, reservation);
    }
    limits.settle(tokens, 0);
    call.watched.end(Charge.NOTHING, "refused");
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    throw cause instanceof ProblemException refusal
        ? refusal
        : new ProblemException(
            Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "the budget cannot be asked"), cause);
  }

  private static ProblemException cannotTell() {
    return new ProblemException(
        Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "it is not known whether there is a budget"));
  }

  private boolean settle(Settlement settlement) {
    try {
      budgets.settle(settlement.reservation, settlement.used, clock.instant());
      return true;
    } catch (RuntimeException e) {
      unsettled.add(settlement);
      return false;
    }
  }

  private record Call(
      Caller caller, String requestId, String operation, String model, CallWatch.Watched watched) {}

  private final class Metered implements Reservation {

    private final Call call;
    private final RateLimits.TokenHold tokens;
    private final @Nullable UUID reservation;
    private final AtomicBoolean isSettled = new AtomicBoolean();

    Metered(Call call, RateLimits.TokenHold tokens, @Nullable UUID reservation) {
      this.call = call;
      this.tokens = tokens;
      this.reservation = reservation;
    }

    @Override
    public Map<String, String> headers() {
      return tokens.headers();
    }

    @Override
    public CompletionStage<Void> settle(Charge used, boolean isEstimated, String outcome) {
      if (!isSettled.compareAndSet(false, true)) {
        return CompletableFuture.completedStage(null);
      }
      limits.settle(tokens, used.tokens());
      call.watched.end(used, outcome);
      usages.record(
          new Usage(
              UUID.randomUUID(),
              clock.instant(),
              call.caller,
              call.requestId,
              call.operation,
              call.model,
              used,
              isEstimated,
              outcome));
      if (reservation == null) {
        return CompletableFuture.completedStage(null);
      }
      Settlement settlement = new Settlement(reservation, used);
      try {
        return CompletableFuture.runAsync(() -> MeteredSpending.this.settle(settlement), blocking);
      } catch (RejectedExecutionException e) {
        unsettled.add(settlement);
        return CompletableFuture.completedStage(null);
      }
    }
  }
}
