package dev.espalier.gateway.api;

import dev.espalier.gateway.core.Framing;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.core.spending.RateLimits;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** Lets in the requests that the gateway answers itself, and only those with a key for it. */
@Singleton
final class Doorkeeper implements Handler<RoutingContext> {

  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  private final Authentication authentication;
  private final RateLimits limits;

  @Inject
  Doorkeeper(Authentication authentication, RateLimits limits) {
    this.authentication = authentication;
    this.limits = limits;
  }

  @Override
  public void handle(RoutingContext context) {
    Visit visit = Visit.of(context);
    Dialect dialect = visit.dialect().orElse(null);
    if (dialect != null) {
      framingOf(context.request());
      HttpServerRequest request = context.request();
      Scope needed = dialect.scope(request.method().name(), request.path());
      admit(context, dialect.checksScopes() ? Set.of() : Set.of(needed));
    }
    context.next();
  }

  /**
   * Lets a request in and counts it.
   *
   * @param needed what its key must be allowed to use
   * @throws ProblemException what {@link Authentication#callerOf} throws, {@code
   *     auth.scope_missing}, {@code limit.requests}
   */
  Caller admit(RoutingContext context, Set<Scope> needed) {
    Caller caller = authentication.callerOf(context.request().headers());
    Visit.of(context).belongTo(caller);
    for (Scope scope : needed) {
      if (!caller.may(scope)) {
        throw new ProblemException(GatewayProblems.scopeMissing(scope));
      }
    }
    RateLimits.Turn turn = limits.takeRequest(caller);
    turn.headers().forEach(context.response()::putHeader);
    Problem refusal = turn.refusal();
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    return caller;
  }

  /**
   * How the body of a request ends.
   *
   * @throws ProblemException {@code gateway.http_version}, {@code request.ambiguous_framing}
   */
  static Framing framingOf(HttpServerRequest request) {
    HttpVersion version = request.version();
    if (version == HttpVersion.HTTP_1_0) {
      throw new ProblemException(GatewayProblems.httpVersion());
    }
    Framing framing =
        Framing.of(
            version == HttpVersion.HTTP_2,
            request.headers().getAll(HttpHeaders.TRANSFER_ENCODING),
            request.headers().getAll(HttpHeaders.CONTENT_LENGTH),
            WITH_BODY.contains(request.method()));
    if (framing instanceof Framing.Ambiguous) {
      throw new ProblemException(Problem.of(ErrorCode.AMBIGUOUS_FRAMING, null));
    }
    return framing;
  }
}
