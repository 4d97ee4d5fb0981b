package dev.espalier.gateway.upstream;

import dev.espalier.gateway.core.Framing;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a service and the answer on its way back; both stream.
 *
 * <p>Until the head of the answer has come, a failure becomes a problem. After that the connection
 * is cut, so that the client sees that something is missing. A client that leaves takes the request
 * to the service with it.
 */
public final class Exchange implements ProxyInterceptor {

  private static final Logger LOG = Logger.getLogger(Exchange.class);
  private static final ProxyOptions WITHOUT_WEB_SOCKETS =
      new ProxyOptions().setSupportWebSocket(false);

  private final RoutingContext inbound;
  private final Upstream upstream;
  private final Admission admission;
  private @Nullable HttpClientRequest outbound;
  private @Nullable Throwable failure;
  private boolean isAbandoned;

  public Exchange(RoutingContext inbound, Upstream upstream, Admission admission) {
    this.inbound = inbound;
    this.upstream = upstream;
    this.admission = admission;
  }

  public void start() {
    inbound.addEndHandler(
        end -> {
          if (!inbound.response().ended()) {
            abandon();
          }
        });
    HttpProxy.reverseProxy(WITHOUT_WEB_SOCKETS, upstream.client())
        .origin(proxy -> open(proxy.request()))
        .addInterceptor(this)
        .handle(inbound.request());
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext proxy) {
    Context context = inbound.vertx().getOrCreateContext();
    prepare(proxy.request());
    return upstream
        .head(context, admission.context(), isRepeatable(), () -> attempt(proxy))
        .onFailure(
            cause -> {
              failure = failure == null ? cause : failure;
              abandon();
            });
  }

  /**
   * Runs for a failed request too: the proxy has then made up an empty answer, which we replace.
   */
  @Override
  public Future<Void> handleProxyResponse(ProxyContext proxy) {
    if (failure != null) {
      Problem problem = UpstreamFailures.problemOf(failure);
      if (problem.code().equals(ErrorCode.UPSTREAM_FAILED.code())) {
        LOG.warnf("request %s: %s: %s", admission.context().requestId(), upstream.name(), failure);
      } else {
        LOG.debugf(failure, "request %s failed", admission.context().requestId());
      }
      inbound.fail(new ProblemException(problem, failure));
      return Future.succeededFuture();
    }
    ProxyResponse response = proxy.response();
    ForwardedHeaders.toClient(response.headers());
    Body body = response.getBody();
    response.setBody(Body.body(new AnswerBody(body.stream(), this::cut), body.length()));
    return proxy.sendResponse();
  }

  private void cut(Throwable cause) {
    LOG.debugf(cause, "request %s was cut", admission.context().requestId());
    ClientConnection.cut(inbound.request());
  }

  private Future<ProxyResponse> attempt(ProxyContext proxy) {
    long millisLeft = admission.context().remaining(Instant.now()).toMillis();
    return proxy
        .sendRequest()
        .timeout(Math.max(1, millisLeft), TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(blamed(cause)));
  }

  /** Not the service's fault: a client that is in more of a hurry than we, or slow to send. */
  private Throwable blamed(Throwable cause) {
    boolean isFaultOfClient =
        admission.isHurried()
            || !(admission.framing() instanceof Framing.Bodiless || inbound.request().isEnded());
    return cause instanceof TimeoutException && isFaultOfClient
        ? new ProblemException(Problem.of(ErrorCode.DEADLINE_EXCEEDED, null), cause)
        : cause;
  }

  private void prepare(ProxyRequest request) {
    HttpServerRequest client = inbound.request();
    String query = client.query();
    request.setURI(query == null ? client.path() : client.path() + "?" + query);
    ForwardedHeaders.toService(request.headers(), admission.context(), Instant.now());
    if (admission.framing() instanceof Framing.Bodiless) {
      request.setBody(null);
      client.resume();
      return;
    }
    CountedBody body =
        new CountedBody(client, admission.maxBodyBytes(), excess -> failure = excess);
    request.setBody(Body.body(body, request.getBody().length()));
    if (client.version() == HttpVersion.HTTP_2 && admission.framing() instanceof Framing.Open) {
      // The proxy looks for this header, which HTTP/2 does not have, before it sends in chunks.
      client.headers().set(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED);
    }
  }

  private Future<HttpClientRequest> open(ProxyRequest request) {
    if (isAbandoned) {
      return Future.failedFuture(new StreamResetException(0));
    }
    return upstream
        .open(request.getMethod(), request.getURI())
        .compose(
            opened -> {
              outbound = opened;
              opened.exceptionHandler(
                  broken -> LOG.debugf(broken, "request to %s broke", upstream.name()));
              if (isAbandoned) {
                opened.reset();
                return Future.failedFuture(new StreamResetException(0));
              }
              return Future.succeededFuture(opened);
            });
  }

  private boolean isRepeatable() {
    HttpMethod method = inbound.request().method();
    return admission.framing() instanceof Framing.Bodiless
        && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
  }

  private void abandon() {
    isAbandoned = true;
    if (outbound != null) {
      outbound.reset();
    }
  }
}
