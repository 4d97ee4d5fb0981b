package dev.espalier.search.upstream.http;

import dev.espalier.protocol.egress.RetryAfter;
import dev.espalier.search.upstream.http.AttemptFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One request and its answer, with a time-out for each of its phases. However it ends before the
 * answer is complete, the connection is closed, so that the upstream stops working too.
 */
final class Exchange {

  private static final int OK = 200;

  private final Vertx vertx;
  private final Clock clock;
  private final Patience patience;
  private final int maxBodyBytes;
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final Buffer received = Buffer.buffer();
  private long phaseTimer = -1;

  Exchange(Vertx vertx, Clock clock, Patience patience, int maxBodyBytes) {
    this.vertx = vertx;
    this.clock = clock;
    this.patience = patience;
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Sends, and waits for the whole answer.
   *
   * @param atMost for all of it
   * @throws AttemptFailure where no complete answer of status 200 came in time
   */
  String send(HttpClient client, RequestOptions options, String body, Duration atMost) {
    long total =
        vertx.setTimer(Math.max(1, atMost.toMillis()), id -> fail(Reason.TIMEOUT, "took too long"));
    try {
      client
          .request(options.setConnectTimeout(patience.connect().toMillis()))
          .onSuccess(request -> sendOn(request, body))
          .onFailure(e -> fail(new AttemptFailure(Reason.UNREACHABLE, "is not there", none(), e)));
      return answer.get();
    } catch (InterruptedException e) {
      AttemptFailure failure = AttemptFailure.cancelled(e);
      fail(failure);
      throw failure;
    } catch (ExecutionException e) {
      throw (AttemptFailure) e.getCause();
    } finally {
      vertx.cancelTimer(total);
      arm(Duration.ZERO, "");
    }
  }

  private void sendOn(HttpClientRequest request, String body) {
    answer.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            request.reset();
          }
        });
    if (answer.isDone()) {
      return;
    }
    arm(patience.firstByte(), "sent no answer in time");
    request.connection().exceptionHandler(this::cut);
    request.response().onSuccess(this::receive).onFailure(this::cut);
    request.send(Buffer.buffer(body.getBytes(StandardCharsets.UTF_8))).onFailure(this::cut);
  }

  private void receive(HttpClientResponse response) {
    response.exceptionHandler(this::cut);
    if (response.statusCode() != OK) {
      fail(
          AttemptFailure.ofStatus(
              response.statusCode(), RetryAfter.of(response::getHeader, clock.instant())));
      return;
    }
    armIdle();
    response.handler(
        chunk -> {
          if (received.length() + chunk.length() > maxBodyBytes) {
            fail(Reason.TOO_LARGE, "sent more than " + maxBodyBytes + " bytes");
          } else if (!answer.isDone()) {
            received.appendBuffer(chunk);
            armIdle();
          }
        });
    response.endHandler(end -> answer.complete(received.toString(StandardCharsets.UTF_8)));
  }

  private void armIdle() {
    arm(patience.idle(), "fell silent in the middle of its answer");
  }

  /** Starts the clock of the next phase, and stops that of the last; zero starts none. */
  private synchronized void arm(Duration phase, String otherwise) {
    vertx.cancelTimer(phaseTimer);
    if (!phase.isZero() && !answer.isDone()) {
      phaseTimer = vertx.setTimer(phase.toMillis(), id -> fail(Reason.TIMEOUT, otherwise));
    }
  }

  private void cut(Throwable cause) {
    fail(new AttemptFailure(Reason.CUT, "broke the connection", none(), cause));
  }

  private void fail(Reason reason, String detail) {
    fail(new AttemptFailure(reason, detail));
  }

  private void fail(AttemptFailure failure) {
    answer.completeExceptionally(failure);
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }
}
