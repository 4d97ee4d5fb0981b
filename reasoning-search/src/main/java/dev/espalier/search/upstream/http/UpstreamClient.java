package dev.espalier.search.upstream.http;

import dev.espalier.protocol.egress.RetryBudget;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.upstream.http.AttemptFailure.Reason;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * One upstream: its connections, its permits, its breaker and its retry budget. A request takes a
 * permit, passes the breaker, is announced to the meter, is sent, and is ended with the meter
 * exactly once; a retry does all that again. Nothing waits beyond the search's deadline.
 *
 * <p>The calling thread waits; interrupting it closes the connection.
 */
public final class UpstreamClient implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(UpstreamClient.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final Duration A_DAY = Duration.ofDays(1);

  private final String name;
  private final Load load;
  private final Clock clock;
  private final Connections connections;
  private final Semaphore permits;
  private final RetryBudget retries = new RetryBudget();
  private final TypedGuard<Sent> guard;
  private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;
  private volatile Instant notBefore = Instant.EPOCH;

  /** An answer whose call is not ended yet. */
  private record Sent(String body, CallMeter.Call call) {}

  public UpstreamClient(Target target, Patience patience, Load load, Vertx vertx, Clock clock) {
    this.name = target.name();
    this.load = load;
    this.clock = clock;
    this.connections = new Connections(target, patience, load, vertx, clock);
    this.permits = new Semaphore(load.maxConcurrency(), true);
    this.guard =
        TypedGuard.create(Sent.class)
            .withDescription(name)
            .withCircuitBreaker()
            .requestVolumeThreshold(load.breaker().requests())
            .failureRatio(load.breaker().failureRatio())
            .delay(load.breaker().delay().toMillis(), ChronoUnit.MILLIS)
            .when(e -> e instanceof AttemptFailure failure && failure.isFaultOfUpstream())
            .onStateChange(state -> breaker = state)
            .done()
            .build();
  }

  public String name() {
    return name;
  }

  public int availablePermits() {
    return permits.availablePermits();
  }

  public CircuitBreakerState breaker() {
    return breaker;
  }

  /**
   * The answer, after what retries are allowed.
   *
   * @throws UpstreamException where none could be had
   * @throws dev.espalier.search.core.port.BudgetExhaustedException from the meter
   */
  public <T> T call(UpstreamRequest request, CallContext context, Answer.Reader<T> reader) {
    retries.earn();
    for (int attempt = 1; ; attempt++) {
      try {
        return read(request, permitted(request, context, attempt > 1), reader);
      } catch (AttemptFailure failure) {
        LOG.debugf(failure, "upstream %s", name);
        Duration wait = wait(failure, attempt);
        if (failure.reason() == Reason.RATE_LIMITED) {
          leaveAlone(wait);
        }
        if (!isTriedAgain(failure, attempt, wait, context)) {
          throw exception(failure);
        }
        pause(wait);
      }
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private <T> T read(UpstreamRequest request, Sent sent, Answer.Reader<T> reader) {
    Answer<T> answer;
    try {
      answer = reader.read(sent.body());
    } catch (MalformedAnswerException e) {
      sent.call().fail(e.usage(), e.code());
      throw new UpstreamException(e.code(), name + " " + e.getMessage(), e);
    } catch (RuntimeException e) {
      sent.call().fail(estimated(request.atMost()), "upstream.malformed");
      throw e;
    }
    sent.call().succeed(answer.usage(), answer.samples());
    return answer.value();
  }

  private Sent permitted(UpstreamRequest request, CallContext context, boolean isRetry) {
    awaitItsTime(context);
    acquire(context);
    try {
      return guard.get(() -> send(request, context, isRetry));
    } catch (CircuitBreakerOpenException e) {
      throw new AttemptFailure(
          Reason.RESTING, "failed too often and gets a rest", Optional.empty(), e);
    } finally {
      permits.release();
    }
  }

  private Sent send(UpstreamRequest request, CallContext context, boolean isRetry) {
    RequestOptions options = connections.options(request, context, left(context));
    CallMeter.Call call =
        context.meter().start(request.kind(), request.atMost(), request.price(), isRetry);
    String body;
    try {
      body = connections.send(options, request.body(), left(context));
    } catch (AttemptFailure e) {
      call.fail(e.isPerhapsCharged() ? estimated(request.atMost()) : Usage.NONE, e.code());
      throw e;
    } catch (RuntimeException e) {
      call.fail(estimated(request.atMost()), "upstream.unavailable");
      throw e;
    }
    return new Sent(body, call);
  }

  /** Waits while the upstream wants to be left alone. */
  private void awaitItsTime(CallContext context) {
    Duration rest = Duration.between(clock.instant(), notBefore);
    if (!rest.isNegative() && !rest.isZero()) {
      if (rest.compareTo(left(context)) >= 0) {
        throw new AttemptFailure(
            Reason.RATE_LIMITED, "wants to be left alone", Optional.of(rest), null);
      }
      pause(rest);
    }
  }

  private void acquire(CallContext context) {
    boolean isAcquired;
    try {
      isAcquired = permits.tryAcquire(left(context).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw exception(AttemptFailure.cancelled(e));
    }
    if (!isAcquired) {
      throw new AttemptFailure(Reason.CROWDED, "has no free permit before the deadline");
    }
    if (left(context).isZero()) {
      permits.release();
      throw new AttemptFailure(Reason.CROWDED, "is asked too late");
    }
  }

  /** A refusal for the rate is obeyed, not budgeted: the upstream says when to come back. */
  private boolean isTriedAgain(
      AttemptFailure failure, int attempt, Duration wait, CallContext context) {
    return failure.isWorthAnotherTry()
        && attempt < load.maxAttempts()
        && wait.compareTo(left(context)) < 0
        && wait.compareTo(LONGEST_WAIT) <= 0
        && (failure.reason() == Reason.RATE_LIMITED || retries.spend());
  }

  private static Duration wait(AttemptFailure failure, int attempt) {
    return failure.retryAfter().orElse(FIRST_BACKOFF.multipliedBy(1L << (attempt - 1)));
  }

  private synchronized void leaveAlone(Duration wait) {
    Instant until = clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    notBefore = until.isAfter(notBefore) ? until : notBefore;
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      throw exception(AttemptFailure.cancelled(e));
    }
  }

  /** From zero to a day. */
  private Duration left(CallContext context) {
    Duration left = Duration.between(clock.instant(), context.deadline());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(A_DAY) < 0 ? left : A_DAY;
  }

  private UpstreamException exception(AttemptFailure failure) {
    return new UpstreamException(failure.code(), name + " " + failure.getMessage(), failure);
  }

  private static Usage estimated(Usage usage) {
    return new Usage(usage.promptTokens(), usage.completionTokens(), true);
  }
}
