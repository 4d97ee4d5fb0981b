package dev.espalier.gateway.upstream;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests that the gateway itself makes to the services behind it, for a tenant.
 *
 * <p>They pass the same breaker and bulkhead as those that are only passed on. Every failure is a
 * {@link ProblemException}.
 */
@Singleton
public final class ServiceCalls {

  private final Upstreams upstreams;
  private final Vertx vertx;

  @Inject
  ServiceCalls(Upstreams upstreams, Vertx vertx) {
    this.upstreams = upstreams;
    this.vertx = vertx;
  }

  /** The whole answer, whatever its status. */
  public Future<ServiceAnswer> call(
      String service,
      HttpMethod method,
      String uri,
      @Nullable JsonObject body,
      RequestContext context) {
    return call(service, method, uri, body, Map.of(), context);
  }

  /**
   * The same with further request headers, such as {@code Prefer}.
   *
   * @param headers as {@link #open} takes them
   */
  public Future<ServiceAnswer> call(
      String service,
      HttpMethod method,
      String uri,
      @Nullable JsonObject body,
      Map<String, String> headers,
      RequestContext context) {
    return open(service, method, uri, body, headers, context)
        .compose(
            response ->
                whole(response)
                    .timeout(millisLeft(context), TimeUnit.MILLISECONDS)
                    .map(
                        received ->
                            new ServiceAnswer(response.statusCode(), response.headers(), received)))
        .recover(ServiceCalls::explained);
  }

  /**
   * The head of an answer. Its body is paused, because it may come before the caller is there; the
   * caller sets its handlers and resumes it, or resets the request.
   *
   * @param headers further request headers, such as {@code Idempotency-Key} or {@code
   *     Last-Event-ID}
   */
  public Future<HttpClientResponse> open(
      String service,
      HttpMethod method,
      String uri,
      @Nullable JsonObject body,
      Map<String, String> headers,
      RequestContext context) {
    Upstream upstream = upstreams.named(service).orElse(null);
    if (upstream == null) {
      return Future.failedFuture(
          new ProblemException(
              Problem.of(ErrorCode.UNAVAILABLE, service + " is not part of this installation")));
    }
    Context vertxContext = vertx.getOrCreateContext();
    return upstream
        .head(
            vertxContext,
            context,
            method.equals(HttpMethod.GET),
            () -> attempt(upstream, method, uri, body, headers, context))
        .recover(ServiceCalls::explained);
  }

  private static Future<HttpClientResponse> attempt(
      Upstream upstream,
      HttpMethod method,
      String uri,
      @Nullable JsonObject body,
      Map<String, String> headers,
      RequestContext context) {
    long millis = Math.max(1, Math.min(millisLeft(context), upstream.timeout().toMillis()));
    return upstream
        .open(method, uri)
        .compose(request -> send(request, body, headers, context, millis));
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request,
      @Nullable JsonObject body,
      Map<String, String> headers,
      RequestContext context,
      long millis) {
    // Who waits for the answer, or reads it, hears of it.
    request.exceptionHandler(broken -> {});
    headers.forEach(request::putHeader);
    request
        .putHeader(RequestContext.TENANT_HEADER, context.tenant())
        .putHeader(RequestContext.REQUEST_ID_HEADER, context.requestId())
        .putHeader(RequestContext.TIMEOUT_HEADER, Long.toString(millis));
    Future<HttpClientResponse> response =
        body == null
            ? request.send()
            : request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").send(body.toBuffer());
    return response
        .onSuccess(HttpClientResponse::pause)
        .timeout(millis, TimeUnit.MILLISECONDS)
        .onFailure(late -> request.reset());
  }

  private static Future<Buffer> whole(HttpClientResponse response) {
    Future<Buffer> body = response.body();
    response.resume();
    return body;
  }

  private static long millisLeft(RequestContext context) {
    Duration left = context.remaining(Instant.now());
    return Math.max(1, left.toMillis());
  }

  private static <T> Future<T> explained(Throwable cause) {
    return Future.failedFuture(
        cause instanceof ProblemException
            ? cause
            : new ProblemException(UpstreamFailures.problemOf(cause), cause));
  }
}
