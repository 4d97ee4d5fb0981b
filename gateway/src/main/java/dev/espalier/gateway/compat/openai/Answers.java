package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.upstream.llm.AnswerStream;
import dev.espalier.gateway.upstream.llm.WholeAnswer;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jboss.logging.Logger;

/** Writes answers, whole or as server-sent events. */
final class Answers {

  private static final Logger LOG = Logger.getLogger(Answers.class);
  private static final OpenAiEnvelope ENVELOPE = new OpenAiEnvelope();

  private Answers() {}

  static void whole(RoutingContext context, WholeAnswer answer) {
    json(context, answer.headers(), answer.text());
  }

  static void json(RoutingContext context, Map<String, String> headers, Buffer body) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      headers.forEach(response::putHeader);
      response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body);
    }
  }

  /**
   * Every chunk as an event, then {@code [DONE]}; an answer that breaks off ends in an event with
   * the error instead.
   */
  static void stream(RoutingContext context, AnswerStream answer) {
    EventWriter events = new EventWriter(context, answer);
    answer
        .read(chunk -> events.data(chunk.text()))
        .onSuccess(usage -> events.data("[DONE]"))
        .onFailure(failure -> events.data(error(context, failure).encode()))
        .onComplete(end -> events.end());
  }

  /** The error of an answer that had begun. */
  static JsonObject error(RoutingContext context, Throwable failure) {
    String requestId = Visit.of(context).requestId();
    if (failure instanceof ProblemException known) {
      return ENVELOPE.body(known.problem(), requestId);
    }
    LOG.errorf(failure, "request %s failed", requestId);
    return ENVELOPE.body(Problem.of(ErrorCode.INTERNAL, null), requestId);
  }
}
