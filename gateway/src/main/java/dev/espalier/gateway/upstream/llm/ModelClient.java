package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.Price;
import dev.espalier.gateway.upstream.ServiceOptions;
import dev.espalier.gateway.upstream.llm.ModelFailure.Reason;
import dev.espalier.protocol.egress.AddressPolicy;
import dev.espalier.protocol.egress.RetryBudget;
import dev.espalier.protocol.egress.UpstreamUrl;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.util.TypeLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One upstream: its connections, its permits, its breaker and its retry budget. A permit is held
 * until the answer is over; the breaker counts up to the whole answer, or the first event.
 */
public final class ModelClient {

  private static final Logger LOG = Logger.getLogger(ModelClient.class);
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final Duration LONGEST_REST = Duration.ofMinutes(2);

  private final UpstreamOptions options;
  private final Vertx vertx;
  private final HttpClient http;
  private final TypedGuard<CompletionStage<Void>> permits;
  private final TypedGuard<CompletionStage<Object>> guard;
  private final RetryBudget retries = new RetryBudget();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;
  private volatile long restUntilNanos = System.nanoTime();

  /** What is sent, and how the answer comes. */
  record Sending(Operation operation, Buffer body, boolean isStream, String requestId) {}

  ModelClient(UpstreamOptions options, Vertx vertx) {
    this.options = options;
    this.vertx = vertx;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(options.host().url().isEncrypted())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(options.load().maxConcurrency()));
    this.permits = permits(options.load());
    this.guard = guard(options.load().breaker());
  }

  public String name() {
    return options.host().name();
  }

  /** 0 closed, 1 half-open, 2 open. */
  public int breakerLevel() {
    return ModelFailure.level(breaker);
  }

  /** Answers that are not over. */
  public int inFlight() {
    return inFlight.get();
  }

  UpstreamOptions options() {
    return options;
  }

  Price price() {
    return options.price();
  }

  RetryBudget retries() {
    return retries;
  }

  /**
   * Asks once.
   *
   * @param left until the client's deadline
   * @param reader makes sense of the whole answer or the first event; what it throws counts as a
   *     failure of the upstream
   * @return the exchange's reading, or a {@link ModelFailure}
   */
  <T> Future<T> open(
      Context context,
      Sending sending,
      Duration left,
      Cancellation cancellation,
      Function<ModelExchange, T> reader) {
    Duration rest = Duration.ofNanos(restUntilNanos - System.nanoTime());
    if (!rest.isNegative() && !rest.isZero()) {
      return Future.failedFuture(ModelFailure.resting(rest));
    }
    Promise<T> read = Promise.promise();
    ModelExchange exchange =
        new ModelExchange(
            vertx, options.patience(), options.load().maxBodyBytes(), sending.isStream());
    cancellation.onCancel(() -> exchange.fail(Reason.CANCELLED, "is not needed any more"));
    long deadline =
        vertx.setTimer(
            Math.max(1, left.toMillis()),
            passed -> exchange.fail(Reason.DEADLINE, "did not answer in time"));
    exchange
        .ended()
        .onComplete(end -> vertx.cancelTimer(deadline))
        .onFailure(failure -> read.tryFail(failure));
    permits
        .get(
            () -> {
              inFlight.incrementAndGet();
              context.runOnContext(
                  go ->
                      run(context, exchange, sending, reader)
                          .onSuccess(read::tryComplete)
                          .onFailure(read::tryFail));
              return exchange
                  .ended()
                  .onComplete(end -> inFlight.decrementAndGet())
                  .toCompletionStage();
            })
        .whenComplete(
            (ended, failure) -> {
              if (failure != null) {
                // One that never began; for the others the reading has failed already.
                context.runOnContext(go -> read.tryFail(ModelFailure.of(failure)));
              }
            });
    return read.future();
  }

  /** Keeps everyone away for as long as the upstream asked, within reason. */
  void leaveAlone(Duration wait) {
    Duration capped = wait.compareTo(LONGEST_REST) < 0 ? wait : LONGEST_REST;
    long until = System.nanoTime() + capped.toNanos();
    if (until - restUntilNanos > 0) {
      restUntilNanos = until;
    }
  }

  @SuppressWarnings("unchecked") // The guard hands on what the reader gave.
  private <T> Future<T> run(
      Context context, ModelExchange exchange, Sending sending, Function<ModelExchange, T> reader) {
    CompletionStage<Object> guarded =
        guard.get(
            () ->
                begin(exchange, sending)
                    .<Object>map(opened -> read(exchange, reader))
                    .toCompletionStage());
    return Future.fromCompletionStage(guarded, context)
        .map(it -> (T) it)
        .recover(
            thrown -> {
              ModelFailure failure = ModelFailure.of(thrown);
              exchange.fail(failure);
              return Future.failedFuture(failure);
            });
  }

  private Future<Void> begin(ModelExchange exchange, Sending sending) {
    address()
        .onSuccess(address -> exchange.start(http, request(sending, address), sending.body()))
        .onFailure(thrown -> exchange.fail(ModelFailure.of(thrown)));
    return exchange.opened();
  }

  private static <T> T read(ModelExchange exchange, Function<ModelExchange, T> reader) {
    try {
      return reader.apply(exchange);
    } catch (ModelFailure failure) {
      exchange.fail(failure);
      throw failure;
    }
  }

  /** Checked for every request, and the connection goes to the very address that was checked. */
  private Future<InetAddress> address() {
    return options.host().url().isLiteral()
        ? Future.future(promise -> promise.complete(checked()))
        : vertx.executeBlocking(this::checked, false);
  }

  private InetAddress checked() {
    try {
      return options.host().resolve();
    } catch (UnknownHostException e) {
      throw new ModelFailure(Reason.UNREACHABLE, "has no address", e);
    } catch (AddressPolicy.Forbidden e) {
      LOG.errorf("upstream %s %s", name(), e.getMessage());
      throw new ModelFailure(Reason.FORBIDDEN, "is at an address that is not allowed", e);
    }
  }

  private RequestOptions request(Sending sending, InetAddress address) {
    UpstreamUrl url = options.host().url();
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
            .setHost(url.host())
            .setPort(url.port())
            .setSsl(url.isEncrypted())
            .setURI(url.path(sending.operation().path()))
            .setFollowRedirects(false)
            .putHeader("Content-Type", "application/json")
            .putHeader("Accept", sending.isStream() ? "text/event-stream" : "application/json")
            .putHeader("X-Request-Id", sending.requestId());
    options.host().apiKey().ifPresent(key -> request.putHeader("Authorization", "Bearer " + key));
    return request;
  }

  private TypedGuard<CompletionStage<Void>> permits(Load load) {
    return TypedGuard.create(new TypeLiteral<CompletionStage<Void>>() {})
        .withDescription(name() + " permits")
        .withBulkhead()
        .limit(load.maxConcurrency())
        .queueSize(load.maxWaiting())
        .done()
        .build();
  }

  private TypedGuard<CompletionStage<Object>> guard(ServiceOptions.Breaker limits) {
    return TypedGuard.create(new TypeLiteral<CompletionStage<Object>>() {})
        .withDescription(name())
        .withCircuitBreaker()
        .requestVolumeThreshold(limits.requests())
        .failureRatio(limits.failureRatio())
        .delay(limits.delay().toMillis(), ChronoUnit.MILLIS)
        .when(ModelFailure::isFaultOfUpstream)
        .onStateChange(state -> breaker = state)
        .done()
        .build();
  }
}
