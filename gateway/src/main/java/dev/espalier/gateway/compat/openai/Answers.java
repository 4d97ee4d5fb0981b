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
    HttpServerResponse response = begin(context, answer.headers());
    response.drainHandler(drained -> answer.resume());
    answer
        .read(
            chunk -> {
              write(response, event(chunk.text()));
              if (response.writeQueueFull()) {
                answer.pause();
              }
            })
        .onSuccess(usage -> end(response, event("[DONE]")))
        .onFailure(failure -> end(response, event(error(context, failure).encode())));
  }

  /** Sends the head of a stream with its first event. */
  static HttpServerResponse begin(RoutingContext context, Map<String, String> headers) {
    HttpServerResponse response = context.response();
    headers.forEach(response::putHeader);
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("X-Accel-Buffering", "no")
        .setChunked(true);
  }

  static Buffer event(String data) {
    return Buffer.buffer("data: " + data + "\n\n");
  }

  static void write(HttpServerResponse response, Buffer event) {
    if (!response.ended() && !response.closed()) {
      response.write(event);
    }
  }

  static void end(HttpServerResponse response, Buffer event) {
    if (!response.ended() && !response.closed()) {
      response.end(event);
    }
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
