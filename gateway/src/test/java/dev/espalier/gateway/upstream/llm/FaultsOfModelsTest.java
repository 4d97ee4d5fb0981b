package dev.espalier.gateway.upstream.llm;

import static dev.espalier.gateway.upstream.llm.ModelsUnderTest.call;
import static dev.espalier.gateway.upstream.llm.ModelsUnderTest.chat;
import static dev.espalier.gateway.upstream.llm.ModelsUnderTest.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.upstream.ServiceOptions;
import dev.espalier.gateway.upstream.llm.ModelsUnderTest.Setup;
import dev.espalier.gateway.upstream.llm.ModelsUnderTest.Streamed;
import dev.espalier.protocol.Problem;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsOfModelsTest {

  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"}}],"
          + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";
  private static final String CHUNK =
      "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\"}}]}";
  private static final String LAST =
      "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

  private final ModelsUnderTest models = new ModelsUnderTest();
  private final Setup setup = new Setup();

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void givesUpWhenTheFirstByteIsLate() throws Exception {
    setup.patience = patience(200, 2000, 4000);
    models.with(setup).server.reply(Reply.never());

    long start = System.nanoTime();
    Problem problem = models.refusal(chat());

    assertEquals(504, problem.status());
    models.server.awaitRequest().clientGone().get(1, TimeUnit.SECONDS);
    models.awaitNoneInFlight();
    assertEquals("failed", models.spending.last().outcome());
    System.out.printf("U1 504 after %d ms of 200, permits held 0%n", millisSince(start));
  }

  @Test
  void givesUpAtTheDeadlineOfTheClient() throws Exception {
    models.with(setup).server.reply(Reply.never());

    Problem problem =
        models.refusal(
            () ->
                models
                    .calls()
                    .whole(
                        call(chat(), Operation.CHAT, Duration.ofMillis(150), new Cancellation())));

    assertEquals(504, problem.status());
    assertEquals(1, models.server.requests().size());
    models.server.awaitRequest().clientGone().get(1, TimeUnit.SECONDS);
    models.awaitNoneInFlight();
  }

  @Test
  void givesUpAStreamWithoutItsFirstEvent() {
    setup.patience = patience(200, 2000, 4000);
    models.with(setup).server.reply(Reply.events().thenHang());

    assertEquals(504, models.stream(chat()).problem().status());
    models.awaitNoneInFlight();
  }

  @Test
  void endsAStreamThatFallsSilent() {
    setup.patience = patience(2000, 200, 4000);
    models.with(setup).server.reply(Reply.events(CHUNK).thenHang());

    long start = System.nanoTime();
    Streamed streamed = models.stream(chat());

    assertEquals(504, streamed.problem().status());
    assertEquals(1, streamed.chunks().size());
    System.out.printf("U2 silence ended after %d ms of 200%n", millisSince(start));
  }

  @Test
  void letsASlowDripGoOnUntilTheTotalIsOver() {
    setup.patience = patience(250, 250, 400);
    String[] many = new String[50];
    Arrays.fill(many, CHUNK);
    models.with(setup).server.reply(Reply.events(many).withPauses(Duration.ofMillis(50)));

    long start = System.nanoTime();
    Streamed streamed = models.stream(chat());

    assertEquals(504, streamed.problem().status());
    assertTrue(streamed.chunks().size() >= 2, () -> streamed.chunks().size() + " chunks");
    System.out.printf(
        "U2 drip of %d chunks ended after %d ms of 400%n",
        streamed.chunks().size(), millisSince(start));
  }

  @Test
  void comesBackWhenTheUpstreamSays() {
    String soon =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(2).atZone(ZoneOffset.UTC));
    models
        .with(setup)
        .server
        .reply(Reply.status(429).withHeader("retry-after-ms", "120"), Reply.json(200, ANSWER))
        .reply(Reply.status(429).withHeader("retry-after", "1"), Reply.json(200, ANSWER))
        .reply(Reply.status(429).withHeader("retry-after", soon), Reply.json(200, ANSWER));
    long[] waited = new long[2];
    for (int i = 0; i < waited.length; i++) {
      long start = System.nanoTime();
      models.whole(chat());
      waited[i] = millisSince(start);
    }

    assertTrue(waited[0] >= 120 && waited[0] < 1000, () -> waited[0] + " ms for 120 ms");
    assertTrue(waited[1] >= 1000, () -> waited[1] + " ms for 1 s");
    // The budget for retries is used up: the client is told when to come back.
    Problem problem = models.refusal(chat());
    assertEquals(429, problem.status());
    assertNotNull(problem.extensions().get("retry_after_seconds"));
    System.out.printf("U3 waited %d ms for 120 ms, %d ms for 1 s%n", waited[0], waited[1]);
  }

  @Test
  void doesNotWaitForTomorrow() {
    models.with(setup).server.reply(Reply.status(429).withHeader("retry-after", "86400"));

    long start = System.nanoTime();
    Problem first = models.refusal(chat());
    Problem second = models.refusal(chat());

    assertEquals(3600L, first.extensions().get("retry_after_seconds"));
    assertEquals(429, second.status());
    assertEquals(1, models.server.requests().size());
    System.out.printf("U3 86400 s: refused after %d ms, asked once%n", millisSince(start));
  }

  @Test
  void sendsHardlyMoreRequestsThanItGets() {
    setup.attempts = 3;
    models.with(setup).server.otherwise(request -> Reply.status(500));
    int calls = 200;

    for (int i = 0; i < calls; i++) {
      assertEquals(502, models.refusal(chat()).status());
    }

    double amplification = models.server.requests().size() / (double) calls;
    assertTrue(amplification <= 1.1, () -> "amplification " + amplification);
    System.out.printf("U4 %d calls, all 5xx: amplification %.3f%n", calls, amplification);
  }

  @Test
  void asksTheFallbackOnceAndLeavesABrokenUpstreamAlone() {
    setup.breaker = new ServiceOptions.Breaker(4, 0.5, Duration.ofSeconds(30));
    setup.fallback = "two";
    Setup spare = new Setup();
    spare.name = "two";
    spare.models = List.of("spare-model");
    models.with(setup).with(spare, models.other.uri());
    models.server.otherwise(request -> Reply.status(503));
    models.other.otherwise(request -> Reply.json(200, ANSWER));

    for (int i = 0; i < 20; i++) {
      assertEquals("two", models.whole(chat()).headers().get("X-Espalier-Upstream"));
    }

    assertEquals(4, models.server.requests().size());
    assertEquals(20, models.other.requests().size());
    assertTrue(models.other.requests().get(0).body().contains("\"spare-model\""));
    System.out.println("U4 20 calls: 4 requests before the breaker opened, 20 to the fallback");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void saysThatAStreamWasCut(int chunks) {
    Reply reply = Reply.events(CHUNK);
    for (int i = 1; i < chunks; i++) {
      reply = reply.send("data: " + CHUNK + "\n\n");
    }
    models.with(setup).server.reply(reply.pause(Duration.ofMillis(50)).thenCut());

    Streamed streamed = models.stream(chat());

    assertEquals(chunks, streamed.chunks().size());
    assertEquals(502, streamed.problem().status());
    RecordedSpending.Settled settled = models.spending.last();
    assertEquals("failed", settled.outcome());
    assertTrue(settled.isEstimated() && settled.used().completionTokens() > 0);
  }

  @Test
  void saysThatAStreamEndedWithoutItsEnd() {
    models.with(setup).server.reply(Reply.events(CHUNK));

    Streamed streamed = models.stream(chat());

    assertEquals(502, streamed.problem().status());
    System.out.println("U5 a stream without its end: reported, not passed off as whole");
  }

  @Test
  void takesAFinishedStreamWithoutItsMark() {
    models.with(setup).server.reply(Reply.events(CHUNK, LAST));

    assertNull(models.stream(chat()).problem());
  }

  @Test
  void triesAgainWhereAStreamBrokeBeforeItsFirstEvent() {
    models.with(setup).server.reply(Reply.events().thenCut(), Reply.events(CHUNK, LAST, "[DONE]"));

    Streamed streamed = models.stream(chat());

    assertNull(streamed.problem());
    assertEquals(2, models.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void letsGoOfTheUpstreamWithTheClient(boolean isStream) throws Exception {
    models.with(setup).server.reply(isStream ? Reply.events(CHUNK).thenHang() : Reply.never());
    Cancellation cancellation = new Cancellation();
    models.vertx.runOnContext(
        go -> {
          if (isStream) {
            models.calls().stream(
                    call(chat().put("stream", true), Operation.CHAT, null, cancellation))
                .onSuccess(answer -> answer.read(chunk -> cancellation.cancel()));
          } else {
            models.calls().whole(call(chat(), Operation.CHAT, null, cancellation));
            models.vertx.setTimer(100, later -> cancellation.cancel());
          }
        });
    ReceivedRequest received = models.server.awaitRequest();
    long start = System.nanoTime();

    received.clientGone().get(1, TimeUnit.SECONDS);

    System.out.printf("U6 upstream let go after %d ms%n", millisSince(start));
    while (models.spending.settled.isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals("cancelled", models.spending.last().outcome());
    assertTrue(models.spending.last().isEstimated());
  }

  @Test
  void waitsForAPermitNoLongerThanTheDeadline() {
    setup.concurrency = 1;
    models.with(setup).server.reply(Reply.json(200, ANSWER).after(Duration.ofMillis(600)));
    models.server.otherwise(request -> Reply.json(200, ANSWER));
    models.vertx.runOnContext(go -> models.calls().whole(call(chat(), Operation.CHAT)));
    awaitRequests(1);

    Problem problem =
        models.refusal(
            () ->
                models
                    .calls()
                    .whole(
                        call(chat(), Operation.CHAT, Duration.ofMillis(100), new Cancellation())));

    assertEquals(504, problem.status());
    assertEquals(1, models.server.requests().size());
  }

  @Test
  void sendsNothingToATrap() {
    setup.allowsPrivate = false;
    models.with(setup).server.otherwise(request -> Reply.json(200, ANSWER));

    Problem problem = models.refusal(chat());

    assertEquals(503, problem.status());
    assertEquals(0, models.server.requests().size());
    assertEquals(0, models.spending.last().used().nanos());
    System.out.println("L4 requests that reached the trap: " + models.server.requests().size());
  }

  @Test
  void followsNoRedirect() {
    models
        .with(setup)
        .server
        .reply(
            Reply.status(307).withHeader("Location", models.other.uri() + "/v1/chat/completions"),
            Reply.status(307).withHeader("Location", models.other.uri() + "/"));

    assertEquals(502, models.refusal(chat()).status());
    assertEquals(0, models.other.requests().size());
  }

  @Test
  void boundsItsAttemptsByTheDeadlineWhateverTheClientDoes() {
    setup.attempts = 3;
    models.with(setup).server.otherwise(request -> Reply.status(503));
    Instant deadline = Instant.now().plusMillis(500);
    int asked = 0;
    while (Instant.now().isBefore(deadline) && asked < 3) {
      asked++;
      Duration left = Duration.between(Instant.now(), deadline);
      models.refusal(
          () -> models.calls().whole(call(chat(), Operation.CHAT, left, new Cancellation())));
    }

    int sent = models.server.requests().size();
    assertTrue(sent <= asked + 2, () -> sent + " requests");
    System.out.printf("U12 a client that asks %d times: %d requests upstream%n", asked, sent);
  }

  private void awaitRequests(int count) {
    while (models.server.requests().size() < count) {
      Thread.onSpinWait();
    }
  }

  private static long millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}
