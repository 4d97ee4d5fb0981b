package dev.espalier.gateway.api;

import dev.espalier.gateway.core.Framing;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
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

  @Inject
  Doorkeeper(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public void handle(RoutingContext context) {
    Visit visit = Visit.of(context);
    Dialect dialect = visit.dialect().orElse(null);
    if (dialect != null) {
      framingOf(context.request());
      Caller caller = authentication.callerOf(context.request().headers());
      visit.belongTo(caller);
      Scope needed = dialect.scope(context.request().method().name(), context.request().path());
      if (!dialect.checksScopes() && !caller.may(needed)) {
        throw new ProblemException(GatewayProblems.scopeMissing(needed));
      }
    }
    context.next();
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
