package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.upstream.llm.AnswerStream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Writes server-sent events as they come, those of one moment together: a write for each would cost
 * more than all else. Holds the answer back while the client is slower. An answer may end on
 * another thread than its events come on.
 */
final class EventWriter {

  private final HttpServerResponse response;
  private final Vertx vertx;
  private final AnswerStream answer;
  private Buffer waiting = Buffer.buffer();
  private boolean isEnded;

  EventWriter(RoutingContext context, AnswerStream answer) {
    this.response = context.response();
    this.vertx = context.vertx();
    this.answer = answer;
    answer.headers().forEach(response::putHeader);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("X-Accel-Buffering", "no")
        .setChunked(true)
        .drainHandler(drained -> answer.resume());
  }

  void data(String data) {
    write("data: " + data + "\n\n");
  }

  void named(String name, String data) {
    write("event: " + name + "\ndata: " + data + "\n\n");
  }

  /** Nothing comes after what was written. */
  synchronized void end() {
    isEnded = true;
    if (isOpen()) {
      response.end(waiting);
    }
  }

  private synchronized void write(String event) {
    if (waiting.length() == 0) {
      vertx.runOnContext(soon -> flush());
    }
    waiting.appendString(event);
  }

  private void flush() {
    if (writeWaiting()) {
      answer.pause();
    }
  }

  /** Whether the client is slower than what was written. */
  private synchronized boolean writeWaiting() {
    if (isEnded || !isOpen()) {
      return false;
    }
    response.write(waiting);
    waiting = Buffer.buffer();
    return response.writeQueueFull();
  }

  private boolean isOpen() {
    return !response.ended() && !response.closed();
  }
}
