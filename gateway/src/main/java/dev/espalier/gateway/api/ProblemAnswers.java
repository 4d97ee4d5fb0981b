package dev.espalier.gateway.api;

import dev.espalier.gateway.upstream.ClientConnection;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The one place where a failed request becomes an answer. */
final class ProblemAnswers {

  private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

  /** How long a client that is still sending may go on, so that it gets to read the answer. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private ProblemAnswers() {}

  static void answer(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      ClientConnection.cut(context.request());
      return;
    }
    Visit visit = Visit.of(context);
    Problem problem = problemOf(context);
    if (problem.status() == 500) {
      LOG.errorf(context.failure(), "request %s failed", visit.requestId());
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, visit.envelope().mediaType());
    switch (problem.status()) {
      case 401 -> response.putHeader("WWW-Authenticate", "Bearer");
      case 405 -> response.putHeader(HttpHeaders.ALLOW, Arrival.METHODS);
      case 429, 503 ->
          response.putHeader(
              HttpHeaders.RETRY_AFTER,
              String.valueOf(
                  problem
                      .extensions()
                      .getOrDefault("retry_after_seconds", Problem.RETRY_AFTER_SECONDS)));
      default -> {}
    }
    endWithoutRest(context.request(), problem, visit, context.vertx());
  }

  private static Problem problemOf(RoutingContext context) {
    if (context.failure() instanceof ProblemException e) {
      return e.problem();
    }
    return switch (context.statusCode()) {
      case 404 -> Problem.of(ErrorCode.NOT_FOUND, null);
      case 405 -> Problem.of(ErrorCode.METHOD_NOT_ALLOWED, null);
      case 400 -> malformed(context.request());
      case 413 -> Problem.of(ErrorCode.BODY_TOO_LARGE, null);
      default -> Problem.of(ErrorCode.INTERNAL, null);
    };
  }

  /** What the router refuses before any handler of ours runs. */
  private static Problem malformed(HttpServerRequest request) {
    return request.authority() == null
        ? Problem.of(ErrorCode.MALFORMED_HEADER, "Host is missing or names no host")
        : GatewayProblems.pathRefused();
  }

  /** Ends the answer. What may be left of the request is read and thrown away. */
  private static void endWithoutRest(
      HttpServerRequest request, Problem problem, Visit visit, Vertx vertx) {
    boolean isLastOnConnection =
        request.version() != HttpVersion.HTTP_2
            && (problem.code().equals(ErrorCode.BODY_TOO_LARGE.code())
                || problem.code().equals(ErrorCode.AMBIGUOUS_FRAMING.code())
                || request.headers().contains(HttpHeaders.EXPECT));
    if (isLastOnConnection) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    request.response().end(visit.envelope().body(problem, visit.requestId()).toBuffer());
    if (!request.isEnded()) {
      drain(request, isLastOnConnection, vertx);
    } else if (isLastOnConnection) {
      request.connection().close();
    }
  }

  private static void drain(HttpServerRequest request, boolean isLastOnConnection, Vertx vertx) {
    request.exceptionHandler(gone -> {});
    if (isLastOnConnection) {
      request.endHandler(end -> request.connection().close());
    }
    request.handler(null).resume();
    vertx.setTimer(
        LINGER.toMillis(),
        passed -> {
          if (!request.isEnded()) {
            ClientConnection.cut(request);
          }
        });
  }
}
