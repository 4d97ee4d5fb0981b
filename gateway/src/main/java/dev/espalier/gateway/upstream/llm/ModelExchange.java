package dev.espalier.gateway.upstream.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.gateway.core.llm.EventDecoder;
import dev.espalier.gateway.upstream.llm.ModelFailure.Reason;
import dev.espalier.protocol.egress.RetryAfter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model and its answer, whole or as events, with a time-out for each of its
 * phases. However it ends before the answer is complete, the connection is closed, so that the
 * upstream stops working too. Lives on one event loop.
 */
final class ModelExchange {

  private static final int OK = 200;
  private static final int MAX_ERROR_BYTES = 64 << 10;
  private static final int MAX_SAID = 2000;

  private final Vertx vertx;
  private final Patience patience;
  private final int maxBodyBytes;
  private final boolean isStream;
  private final EventDecoder decoder;
  private final Promise<Void> opened = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private final Deque<String> waiting = new ArrayDeque<>();
  private @Nullable Handler<String> reader;
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private long totalTimer = -1;
  private long phaseTimer = -1;
  private long phaseTimerNanos;
  private long phaseEndNanos;
  private String phaseComplaint = "";
  private boolean isPaused;

  ModelExchange(Vertx vertx, Patience patience, int maxBodyBytes, boolean isStream) {
    this.vertx = vertx;
    this.patience = patience;
    this.maxBodyBytes = maxBodyBytes;
    this.isStream = isStream;
    this.decoder = new EventDecoder(maxBodyBytes);
    ended
        .future()
        .onFailure(
            failure -> {
              if (request != null) {
                request.reset();
              }
              opened.tryFail(failure);
            })
        .onComplete(
            end -> {
              vertx.cancelTimer(totalTimer);
              disarm();
            });
  }

  void start(HttpClient client, RequestOptions options, Buffer sent) {
    if (ended.future().isComplete()) {
      return;
    }
    totalTimer =
        vertx.setTimer(patience.total().toMillis(), late -> fail(Reason.TIMEOUT, "took too long"));
    client
        .request(options.setConnectTimeout(patience.connect().toMillis()))
        .onSuccess(it -> send(it, sent))
        .onFailure(e -> fail(new ModelFailure(Reason.UNREACHABLE, "cannot be reached", e)));
  }

  /** Completes with the whole answer, or with the first event of a stream. */
  Future<Void> opened() {
    return opened.future();
  }

  /** Completes when the answer is over, one way or another. */
  Future<Void> ended() {
    return ended.future();
  }

  Buffer body() {
    return body;
  }

  /** The events that have come and that nobody has read. */
  Deque<String> waiting() {
    return waiting;
  }

  /** Hands on the events, first those that wait. */
  void read(Handler<String> handler) {
    reader = handler;
    while (!waiting.isEmpty()) {
      handler.handle(waiting.poll());
    }
    resume();
  }

  /** Stops reading while the client is slower than the model; silence is then nobody's fault. */
  void pause() {
    if (response != null && !ended.future().isComplete()) {
      isPaused = true;
      disarm();
      response.pause();
    }
  }

  void resume() {
    if (response != null && isPaused) {
      isPaused = false;
      if (!ended.future().isComplete()) {
        arm(patience.idle(), "fell silent in the middle of its answer");
      }
      response.resume();
    }
  }

  void fail(Reason reason, String detail) {
    fail(new ModelFailure(reason, detail));
  }

  void fail(ModelFailure failure) {
    ended.tryFail(failure);
  }

  private void send(HttpClientRequest open, Buffer sent) {
    request = open;
    if (ended.future().isComplete()) {
      open.reset();
      return;
    }
    arm(patience.firstByte(), "sent no answer in time");
    open.exceptionHandler(this::cut);
    open.response().onSuccess(this::receive).onFailure(this::cut);
    open.send(sent).onFailure(this::cut);
  }

  private void receive(HttpClientResponse head) {
    response = head;
    head.exceptionHandler(this::cut);
    if (head.statusCode() != OK) {
      receiveRefusal(head);
      return;
    }
    String type = String.valueOf(head.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
    if (isStream && !type.startsWith("text/event-stream")) {
      fail(Reason.MALFORMED, "sent no events");
      return;
    }
    if (!isStream) {
      arm(patience.idle(), "fell silent in the middle of its answer");
    }
    head.handler(isStream ? this::receiveEvents : this::receivePart);
    head.endHandler(end -> complete());
  }

  private void receivePart(Buffer part) {
    if (body.length() + part.length() > maxBodyBytes) {
      fail(Reason.TOO_LARGE, "sent more than " + maxBodyBytes + " bytes");
      return;
    }
    body.appendBuffer(part);
    arm(patience.idle(), "fell silent in the middle of its answer");
  }

  private void receiveEvents(Buffer part) {
    try {
      for (String event : decoder.decode(part.getBytes())) {
        if (reader == null) {
          waiting.add(event);
        } else {
          reader.handle(event);
        }
      }
    } catch (EventDecoder.OversizedException e) {
      fail(Reason.TOO_LARGE, "sent an event of more than " + maxBodyBytes + " bytes");
      return;
    }
    if (reader != null || !waiting.isEmpty()) {
      if (!isPaused) {
        arm(patience.idle(), "fell silent in the middle of its answer");
      }
      if (reader == null) {
        pause();
      }
      opened.tryComplete();
    }
  }

  private void complete() {
    if (isStream && !opened.future().isComplete()) {
      fail(Reason.MALFORMED, "sent no event");
      return;
    }
    ended.tryComplete();
    opened.tryComplete();
  }

  private void receiveRefusal(HttpClientResponse head) {
    Optional<Duration> retryAfter = RetryAfter.of(head::getHeader, Instant.now());
    head.handler(
        part -> {
          if (body.length() + part.length() <= MAX_ERROR_BYTES) {
            body.appendBuffer(part);
          }
        });
    head.endHandler(end -> fail(ModelFailure.ofStatus(head.statusCode(), retryAfter, said(body))));
  }

  /** The error of OpenAI's envelope, as far as it is one. */
  private static @Nullable Map<String, Object> said(Buffer body) {
    try {
      JsonObject envelope = new JsonObject(body);
      Object error = envelope.getValue("error");
      Map<String, Object> said = new LinkedHashMap<>();
      if (error instanceof JsonObject object) {
        for (String member : new String[] {"message", "type", "param", "code"}) {
          if (object.getValue(member) instanceof String text) {
            said.put(
                member, wellFormed(text.length() > MAX_SAID ? text.substring(0, MAX_SAID) : text));
          }
        }
      }
      return said.isEmpty() ? null : said;
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  /** Half a character cannot be written. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  /**
   * Starts the clock of the next phase, and stops that of the last. A timer that rings too early,
   * because more has come since, is set again: one for each event of a long stream would cost more
   * than the events.
   */
  private void arm(Duration phase, String otherwise) {
    if (ended.future().isComplete()) {
      return;
    }
    phaseEndNanos = System.nanoTime() + phase.toNanos();
    phaseComplaint = otherwise;
    if (phaseTimer < 0 || phaseTimerNanos - phaseEndNanos > 0) {
      vertx.cancelTimer(phaseTimer);
      setPhaseTimer(phase.toMillis());
    }
  }

  private void setPhaseTimer(long millis) {
    phaseTimerNanos = phaseEndNanos;
    phaseTimer = vertx.setTimer(Math.max(1, millis), rung -> checkPhase());
  }

  private void checkPhase() {
    phaseTimer = -1;
    long nanosLeft = phaseEndNanos - System.nanoTime();
    if (nanosLeft <= 0) {
      fail(Reason.TIMEOUT, phaseComplaint);
    } else {
      setPhaseTimer(Duration.ofNanos(nanosLeft).toMillis() + 1);
    }
  }

  private void disarm() {
    vertx.cancelTimer(phaseTimer);
    phaseTimer = -1;
  }

  private void cut(Throwable cause) {
    fail(new ModelFailure(Reason.CUT, "broke the connection", cause));
  }
}
