package dev.espalier.gateway.upstream;

import dev.espalier.gateway.core.FairShare;
import dev.espalier.protocol.RequestContext;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;

/** One service: its connections, and the guard that every request to it passes. */
public final class Upstream {

  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  /** A try that took longer than this did not fail at once, and is not made again. */
  private static final Duration RETRY_WINDOW = Duration.ofSeconds(1);

  private final ServiceOptions options;
  private final HttpClient client;
  private final FairShare share;
  private final TypedGuard<CompletionStage<Object>> guard;
  private final TypedGuard<CompletionStage<Object>> retry;
  private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;

  Upstream(ServiceOptions options, Vertx vertx) {
    this.options = options;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) options.connectTimeout().toMillis())
                .setReadIdleTimeout((int) options.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS),
            new PoolOptions()
                .setHttp1MaxSize(options.maxConnections())
                .setMaxWaitQueueSize(options.maxWaiting()));
    this.share = new FairShare(options.places(), options.maxWaiting());
    this.guard = guard(options);
    this.retry = retry();
  }

  public String name() {
    return options.name();
  }

  public Duration timeout() {
    return options.timeout();
  }

  public CircuitBreakerState breaker() {
    return breaker;
  }

  HttpClient client() {
    return client;
  }

  /** A connection to the service, ready for a request; the address is never the client's choice. */
  Future<HttpClientRequest> open(HttpMethod method, String uri) {
    return client.request(to(method, uri));
  }

  private RequestOptions to(HttpMethod method, String uri) {
    return new RequestOptions()
        .setHost(options.host())
        .setPort(options.port())
        .setMethod(method)
        .setURI(uri);
  }

  /** The body of a small document that the service answers with 200, or a failed future. */
  public Future<Buffer> fetch(String uri, Duration patience) {
    return client
        .request(to(HttpMethod.GET, uri).setTimeout(patience.toMillis()))
        .compose(HttpClientRequest::send)
        .expecting(HttpResponseExpectation.SC_OK)
        .compose(HttpClientResponse::body);
  }

  /**
   * Waits for a place, shared fairly among tenants, and then for the head of an answer under
   * breaker and bulkhead.
   *
   * @param asked whose request it is, and until when it may wait
   * @param isRepeatable whether a try that failed at once may be made again
   * @param attempt one try, which ends by itself when its time is over
   */
  @SuppressWarnings("unchecked") // The guard hands on what the attempt gave.
  <T> Future<T> head(
      Context context, RequestContext asked, boolean isRepeatable, Supplier<Future<T>> attempt) {
    Supplier<CompletionStage<Object>> guarded =
        () -> guard.get(() -> attempt.get().<Object>map(it -> it).toCompletionStage());
    Promise<Void> place = Promise.promise();
    FairShare.Ticket ticket =
        share.enter(asked.tenant(), () -> context.runOnContext(free -> place.tryComplete()));
    if (ticket == null) {
      return Future.failedFuture(new BulkheadException("too many requests wait for " + name()));
    }
    return place
        .future()
        .timeout(Math.max(1, asked.remaining(Instant.now()).toMillis()), TimeUnit.MILLISECONDS)
        .compose(
            free ->
                Future.fromCompletionStage(
                    isRepeatable ? retry.get(guarded) : guarded.get(), context))
        .<T>map(it -> (T) it)
        .onComplete(done -> ticket.leave());
  }

  private TypedGuard<CompletionStage<Object>> guard(ServiceOptions options) {
    ServiceOptions.Breaker limits = options.breaker();
    return TypedGuard.create(new TypeLiteral<CompletionStage<Object>>() {})
        .withDescription(options.name())
        .withBulkhead()
        .limit(options.places())
        .queueSize(1)
        .done()
        .withCircuitBreaker()
        .requestVolumeThreshold(limits.requests())
        .failureRatio(limits.failureRatio())
        .delay(limits.delay().toMillis(), ChronoUnit.MILLIS)
        .when(UpstreamFailures::isFaultOfService)
        .onStateChange(state -> breaker = state)
        .done()
        .build();
  }

  private static TypedGuard<CompletionStage<Object>> retry() {
    return TypedGuard.create(new TypeLiteral<CompletionStage<Object>>() {})
        .withRetry()
        .maxRetries(1)
        .maxDuration(RETRY_WINDOW.toMillis(), ChronoUnit.MILLIS)
        .delay(RETRY_DELAY.toMillis(), ChronoUnit.MILLIS)
        .jitter(RETRY_DELAY.toMillis(), ChronoUnit.MILLIS)
        .whenException(UpstreamFailures::isWorthAnotherTry)
        .done()
        .build();
  }
}
