package dev.espalier.gateway.compat.mem0;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.api.Dialect;
import dev.espalier.gateway.api.Envelope;
import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths that mem0's hosted client asks for, with or without the last slash. */
@Singleton
final class Mem0Dialect implements Dialect {

  private static final List<String> ROOTS =
      List.of(
          "/v1/ping",
          "/v1/memories",
          "/v2/memories",
          "/v3/memories",
          "/v1/entities",
          "/v2/entities",
          "/v1/batch",
          "/v1/feedback");

  private static final String MEMORIES = "/v[123]/memories";

  private record Route(String method, Pattern path, Function<Mem0Request, Future<Object>> answer) {}

  private final List<Route> routes = new ArrayList<>();
  private final Envelope envelope = new Mem0Envelope();
  private final long maxBodyBytes;

  @Inject
  Mem0Dialect(Mem0Memories memories, GatewayConfig config) {
    maxBodyBytes = config.maxBodySize().asLongValue();
    on("GET", "/v1/ping", request -> Future.succeededFuture(ping(request.visit().caller())));
    on("POST", MEMORIES + "/add", memories::add);
    on("POST", "/v1/memories", memories::add);
    on("POST", MEMORIES + "/search", memories::search);
    on("POST", "/v[23]/memories", memories::list);
    on("GET", MEMORIES, memories::list);
    on("DELETE", MEMORIES, memories::deleteAll);
    on("GET", MEMORIES + "/([^/]+)/history", memories::history);
    on("GET", MEMORIES + "/([^/]+)", memories::get);
    on("PUT", MEMORIES + "/([^/]+)", memories::update);
    on("DELETE", MEMORIES + "/([^/]+)", memories::delete);
    on("GET", "/v[12]/entities", memories::entities);
    on("DELETE", "/v[12]/entities/([^/]+)/([^/]+)", memories::deleteEntity);
    on("PUT", "/v1/batch", memories::updateBatch);
    on("DELETE", "/v1/batch", memories::deleteBatch);
    on("POST", "/v1/feedback", memories::feedback);
  }

  private void on(String method, String path, Function<Mem0Request, Future<Object>> answer) {
    routes.add(new Route(method, Pattern.compile(path + "/?"), answer));
  }

  @Override
  public String name() {
    return "mem0";
  }

  @Override
  public boolean speaks(String method, String path) {
    return ROOTS.stream()
        .anyMatch(
            root ->
                path.startsWith(root)
                    && (path.length() == root.length() || path.charAt(root.length()) == '/'));
  }

  @Override
  public Scope scope(String method, String path) {
    return Scope.MEMORY;
  }

  @Override
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public void open(Router router) {
    BodyReader bodies = new BodyReader(maxBodyBytes);
    ROOTS.forEach(root -> router.route(root + "/*").handler(bodies).handler(this::answer));
  }

  private void answer(RoutingContext context) {
    String path = context.request().path();
    boolean isKnown = false;
    for (Route route : routes) {
      Matcher matcher = route.path.matcher(path);
      if (matcher.matches()) {
        isKnown = true;
        if (route.method.equals(context.request().method().name())) {
          answer(context, route, matcher);
          return;
        }
      }
    }
    throw new ProblemException(
        Problem.of(isKnown ? ErrorCode.METHOD_NOT_ALLOWED : ErrorCode.NOT_FOUND, null));
  }

  private static void answer(RoutingContext context, Route route, Matcher matcher) {
    List<String> segments = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      // A path has no other way to write a space than as %20, so a plus is a plus.
      segments.add(QueryStringDecoder.decodeComponent(matcher.group(i).replace("+", "%2B")));
    }
    route
        .answer
        .apply(Mem0Request.of(context, segments))
        .onSuccess(
            body ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Json.encodeToBuffer(body)))
        .onFailure(context::fail);
  }

  /** Who the client is, as far as this installation knows organisations and projects. */
  private static JsonObject ping(Caller caller) {
    return new JsonObject()
        .put("status", "ok")
        .put("org_id", caller.tenant())
        .put("project_id", "default")
        .put("user_email", caller.key());
  }
}
