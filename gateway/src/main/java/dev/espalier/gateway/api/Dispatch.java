package dev.espalier.gateway.api;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.config.ParsedConfig;
import dev.espalier.gateway.core.Framing;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.upstream.Admission;
import dev.espalier.gateway.upstream.Exchange;
import dev.espalier.gateway.upstream.Upstream;
import dev.espalier.gateway.upstream.Upstreams;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets a request in and sends it to the service that its path belongs to. */
@Singleton
final class Dispatch implements Handler<RoutingContext> {

  private final Upstreams upstreams;
  private final Doorkeeper doorkeeper;
  private final ParsedConfig parsed;
  private final GatewayConfig config;

  @Inject
  Dispatch(Upstreams upstreams, Doorkeeper doorkeeper, ParsedConfig parsed, GatewayConfig config) {
    this.upstreams = upstreams;
    this.doorkeeper = doorkeeper;
    this.parsed = parsed;
    this.config = config;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Visit visit = Visit.of(context);
    Framing framing = Doorkeeper.framingOf(request);
    if (visit.dialect().isPresent()) {
      throw refusal(ErrorCode.NOT_FOUND, "the dialect has no such address and method");
    }
    String service = visit.service().orElseThrow(() -> refusal(ErrorCode.NOT_FOUND, null));
    Caller caller =
        doorkeeper.admit(context, parsed.scopes().getOrDefault(service, Scope.OF_TENANTS));
    Upstream upstream =
        upstreams
            .named(service)
            .orElseThrow(() -> new ProblemException(GatewayProblems.serviceNotRunning(service)));
    long maxBodyBytes = ParsedConfig.maxBodyBytes(config, service);
    if (framing instanceof Framing.Sized sized && sized.length() > maxBodyBytes) {
      throw refusal(ErrorCode.BODY_TOO_LARGE, "at most " + maxBodyBytes + " bytes");
    }
    Duration timeout = timeout(request, upstream.timeout());
    RequestContext sent =
        new RequestContext(caller.tenant(), visit.requestId(), Instant.now().plus(timeout));
    boolean isHurried = timeout.compareTo(upstream.timeout()) < 0;
    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      request.response().writeContinue();
    }
    new Exchange(context, upstream, new Admission(sent, isHurried, framing, maxBodyBytes)).start();
  }

  private static Duration timeout(HttpServerRequest request, Duration longest) {
    return ClientTimeout.of(request.headers())
        .filter(wanted -> wanted.compareTo(longest) < 0)
        .orElse(longest);
  }

  private static ProblemException refusal(ErrorCode code, @Nullable String detail) {
    return new ProblemException(Problem.of(code, detail));
  }
}
