package dev.espalier.gateway.api;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.core.RequestPath;
import dev.espalier.gateway.core.RouteTable;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every request goes through first, whatever it wants. */
@Singleton
final class Arrival implements Handler<RoutingContext> {

  /** The methods that pass, as the Allow header lists them. */
  static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private static final Set<String> METHOD_NAMES = Set.of(METHODS.split(", "));

  /** Health and metrics: asked all the time, and none of our requests. */
  private static final String FRAMEWORK_PATHS = "/q/";

  private final RouteTable routes;
  private final Departure departure;
  private final List<Dialect> dialects;
  private final long maxUriBytes;
  private final long maxHeaderBytes;

  @Inject
  Arrival(
      RouteTable routes,
      Departure departure,
      GatewayConfig config,
      @Any Instance<Dialect> dialects) {
    this.routes = routes;
    this.departure = departure;
    this.dialects = dialects.stream().toList();
    this.maxUriBytes = config.maxUriSize().asLongValue();
    this.maxHeaderBytes = config.maxHeaderSize().asLongValue();
  }

  @Override
  public void handle(RoutingContext context) {
    Visit visit = Visit.of(context);
    HttpServerRequest request = context.request();
    if (!request.uri().startsWith(FRAMEWORK_PATHS)) {
      context.addEndHandler(end -> departure.note(visit, context));
    }
    if (!METHOD_NAMES.contains(request.method().name())) {
      throw new ProblemException(Problem.of(ErrorCode.METHOD_NOT_ALLOWED, null));
    }
    if (request.uri().length() > maxUriBytes) {
      throw new ProblemException(GatewayProblems.uriTooLong(maxUriBytes));
    }
    if (sizeOf(request.headers()) > maxHeaderBytes) {
      throw new ProblemException(GatewayProblems.headersTooLarge(maxHeaderBytes));
    }
    RequestPath path =
        Optional.ofNullable(request.path())
            .flatMap(RequestPath::parse)
            .orElseThrow(() -> new ProblemException(GatewayProblems.pathRefused()));
    routes.serviceOf(path).ifPresent(visit::headFor);
    String method = request.method().name();
    dialects.stream()
        .filter(dialect -> dialect.speaks(method, request.path()))
        .findFirst()
        .ifPresent(visit::speak);
    context.next();
  }

  private static long sizeOf(Iterable<Map.Entry<String, String>> headers) {
    long size = 0;
    for (Map.Entry<String, String> header : headers) {
      size += header.getKey().length() + header.getValue().length();
    }
    return size;
  }
}
