package dev.espalier.search.upstream.http;

import dev.espalier.protocol.RequestContext;
import dev.espalier.protocol.egress.AddressPolicy;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.upstream.http.AttemptFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The connections to one target, each to an address that was checked. */
final class Connections {

  private static final Logger LOG = Logger.getLogger(Connections.class);
  private static final int KEEP_ALIVE_SECONDS = 15;

  private final Target target;
  private final Patience patience;
  private final Load load;
  private final Vertx vertx;
  private final Clock clock;
  private final HttpClient http;

  Connections(Target target, Patience patience, Load load, Vertx vertx, Clock clock) {
    this.target = target;
    this.patience = patience;
    this.load = load;
    this.vertx = vertx;
    this.clock = clock;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(target.url().isEncrypted())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(load.maxConcurrency()));
  }

  /** What is to be sent, to an address that was resolved and checked just now. */
  RequestOptions options(UpstreamRequest request, CallContext context, Duration left) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(
                SocketAddress.inetSocketAddress(target.url().port(), address().getHostAddress()))
            .setHost(target.url().host())
            .setPort(target.url().port())
            .setSsl(target.url().isEncrypted())
            .setURI(target.url().path(request.path()))
            .setFollowRedirects(false)
            .putHeader("Content-Type", "application/json")
            .putHeader("Accept", "application/json");
    if (target.forwardsTenant()) {
      options
          .putHeader(RequestContext.TENANT_HEADER, context.tenant())
          .putHeader(RequestContext.REQUEST_ID_HEADER, context.requestId())
          .putHeader(
              RequestContext.TIMEOUT_HEADER, Long.toString(Math.max(1, atMost(left).toMillis())));
    }
    target.apiKey().ifPresent(key -> options.putHeader("Authorization", "Bearer " + key.value()));
    return options;
  }

  /** The body of the answer of status 200. */
  String send(RequestOptions options, String body, Duration left) {
    return new Exchange(vertx, clock, patience, load.maxBodyBytes())
        .send(http, options, body, atMost(left));
  }

  private Duration atMost(Duration left) {
    return left.compareTo(patience.total()) < 0 ? left : patience.total();
  }

  void close() {
    http.close();
  }

  private InetAddress address() {
    try {
      return target.url().resolve(target.allowsPrivateAddresses());
    } catch (UnknownHostException e) {
      throw new AttemptFailure(Reason.UNREACHABLE, "has no address", Optional.empty(), e);
    } catch (AddressPolicy.Forbidden e) {
      LOG.errorf("upstream %s %s", target.name(), e.getMessage());
      throw new AttemptFailure(
          Reason.FORBIDDEN, "is at an address that is not allowed", Optional.empty(), e);
    }
  }
}
