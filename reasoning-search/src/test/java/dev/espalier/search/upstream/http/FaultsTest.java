package dev.espalier.search.upstream.http;

import static dev.espalier.search.upstream.UnderTest.PATIENT;
import static dev.espalier.search.upstream.UnderTest.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.upstream.RecordingMeter;
import dev.espalier.search.upstream.RecordingMeter.Metered;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** U1-U6, U9 and U12 on the wire. No test may take long: nothing hangs. */
@Timeout(30)
class FaultsTest {

  private static final Usage AT_MOST = new Usage(100, 50, true);
  private static final Reply GOOD = Reply.json(200, "good");
  private static final Load ONE_TRY = new Load(2, 1, 1 << 20, PATIENT);
  private static final Load THREE_TRIES = new Load(2, 3, 1 << 20, PATIENT);

  private final UnderTest test = new UnderTest();
  private final ScriptedServer server = test.server;
  private final RecordingMeter meter = test.meter;

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void answersAndEndsTheCallWithWhatItCost() {
    server.reply(GOOD);
    UpstreamClient client = test.client();

    String answer = ask(client, test.context());

    assertEquals("good", answer);
    assertEquals(new Usage(10, 5, false), meter.spent());
    assertEquals("Bearer " + UnderTest.KEY, server.requests().get(0).header("authorization").get());
  }

  @Test
  void givesUpOnAFirstByteThatNeverComes() throws Exception {
    server.reply(Reply.never());
    UpstreamClient client = test.client(patience(200), ONE_TRY);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("upstream.timeout", outcome.code());
    assertTrue(outcome.millis() < 3000, outcome::toString);
    assertFreed(client, 2);
    assertEquals(List.of(new Usage(100, 50, true)), usages());
    Duration gone = closed(server.awaitRequest());
    System.out.printf(
        "U1 no first byte: %d ms at a time-out of 200 ms, closed after %d ms, permits freed%n",
        outcome.millis(), gone.toMillis());
  }

  @Test
  void givesUpAtTheDeadlineOfTheSearch() throws Exception {
    server.reply(Reply.never());
    UpstreamClient client = test.client(patience(10_000), THREE_TRIES);

    Outcome outcome = timed(() -> ask(client, test.context(Duration.ofMillis(300))));

    assertEquals("upstream.timeout", outcome.code());
    assertTrue(outcome.millis() < 3000, outcome::toString);
    assertEquals(1, server.requests().size());
    assertFreed(client, 2);
    System.out.printf("U1 deadline of 300 ms: %d ms%n", outcome.millis());
  }

  @Test
  void takesALateAnswerThatIsInTime() {
    server.reply(GOOD.after(Duration.ofMillis(300)));

    assertEquals("good", ask(test.client(patience(2000), ONE_TRY), test.context()));
  }

  @Test
  void givesUpOnSilenceInTheMiddleOfAnAnswer() throws Exception {
    server.reply(Reply.json(200, "go").thenHang());
    Patience patience =
        new Patience(
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(9));
    UpstreamClient client = test.client(patience, ONE_TRY);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("upstream.timeout", outcome.code());
    assertTrue(outcome.millis() < 3000, outcome::toString);
    assertFreed(client, 2);
    System.out.printf("U2 silence: %d ms at an idle time-out of 200 ms%n", outcome.millis());
  }

  @Test
  void endsADripThatIsNeverSilentForLong() throws Exception {
    Reply drip = Reply.status(200);
    for (int i = 0; i < 100; i++) {
      drip = drip.send("x").pause(Duration.ofMillis(50));
    }
    server.reply(drip);
    Patience patience =
        new Patience(
            Duration.ofMillis(500),
            Duration.ofMillis(400),
            Duration.ofMillis(400),
            Duration.ofMillis(700));
    UpstreamClient client = test.client(patience, ONE_TRY);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("upstream.timeout", outcome.code());
    assertTrue(outcome.millis() >= 650 && outcome.millis() < 3000, outcome::toString);
    assertFreed(client, 2);
    System.out.printf("U2 slow drip: %d ms at a total time-out of 700 ms%n", outcome.millis());
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 1, 1000",
    "retry-after, 0.4, 400",
    "retry-after-ms, 350, 350",
    "Retry-After, in two seconds, 1000",
    "Retry-After, soon, 200",
    "X-Nothing, x, 200"
  })
  void comesBackWhenTheUpstreamSaysSo(String header, String value, long atLeast) {
    server.reply(request -> Reply.status(429).withHeader(header, dateOr(value)));
    server.reply(GOOD);
    UpstreamClient client = test.client(patience(3000), THREE_TRIES);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("good", outcome.code());
    assertTrue(outcome.millis() >= atLeast - 5, outcome::toString);
    assertTrue(outcome.millis() < atLeast + 4000, outcome::toString);
    assertEquals(List.of("upstream.rate_limited"), meter.failures());
    assertFreed(client, 2);
    System.out.printf(
        "U3 429 with %s: %s: answered after %d ms%n", header, value, outcome.millis());
  }

  /** An HTTP date has no parts of a second: it is between one and two seconds ahead. */
  private static String dateOr(String value) {
    return value.equals("in two seconds")
        ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(2).atZone(ZoneOffset.UTC))
        : value;
  }

  @Test
  void doesNotWaitForATimeBeyondTheDeadline() throws Exception {
    server.reply(Reply.status(429).withHeader("Retry-After", "3600"));
    UpstreamClient client = test.client(patience(3000), THREE_TRIES);

    Outcome first = timed(() -> ask(client, test.context(Duration.ofSeconds(5))));
    Outcome second = timed(() -> ask(client, test.context(Duration.ofSeconds(5))));

    assertEquals("upstream.rate_limited", first.code());
    assertEquals("upstream.rate_limited", second.code());
    assertTrue(first.millis() + second.millis() < 3000);
    assertEquals(1, server.requests().size());
    assertEquals(1, meter.calls().size());
    assertFreed(client, 2);
    System.out.printf(
        "U3 retry-after of an hour: gave up after %d ms, asked once%n", first.millis());
  }

  @Test
  void doesNotMultiplyABurstOfFailures() throws Exception {
    server.otherwise(request -> Reply.status(503));
    Load load = new Load(8, 3, 1 << 20, PATIENT);
    UpstreamClient client = test.client(patience(3000), load);
    int calls = 100;

    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      outcomes.add(test.threads.submit(() -> timed(() -> ask(client, test.context()))));
    }

    for (Future<Outcome> outcome : outcomes) {
      assertEquals("upstream.unavailable", outcome.get().code());
    }
    double amplification = (double) server.requests().size() / calls;
    assertTrue(amplification <= 1.1, "amplification " + amplification);
    assertEquals(server.requests().size(), meter.calls().size());
    assertEquals(0, meter.spent().total());
    assertFreed(client, 8);
    System.out.printf(
        "U4 burst of 503, breaker aside: %d requests for %d calls, amplification %.2f%n",
        server.requests().size(), calls, amplification);
  }

  @Test
  void leavesABrokenUpstreamAloneAndTriesItAgain() throws Exception {
    server.otherwise(request -> Reply.status(500));
    Load load = new Load(2, 1, 1 << 20, new Load.Breaker(10, 0.5, Duration.ofMillis(400)));
    UpstreamClient client = test.client(patience(3000), load);

    for (int i = 0; i < 50; i++) {
      assertEquals("upstream.unavailable", timed(() -> ask(client, test.context())).code());
    }
    int asked = server.requests().size();
    CircuitBreakerState broken = client.breaker();
    server.otherwise(request -> GOOD);
    Outcome revived = new Outcome("", 0);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!revived.code().equals("good") && System.nanoTime() < end) {
      revived = timed(() -> ask(client, test.context()));
    }

    assertEquals(10, asked);
    assertEquals(CircuitBreakerState.OPEN, broken);
    assertEquals("good", revived.code());
    assertEquals(CircuitBreakerState.CLOSED, client.breaker());
    assertEquals(11, meter.calls().size());
    System.out.printf("U4 breaker: 10 of 50 calls were sent, and one more revived it%n");
  }

  @Test
  void triesOnceMoreAfterAFailureThatPasses() throws Exception {
    List<Reply> passing =
        List.of(
            Reply.status(500),
            Reply.status(502),
            Reply.status(503),
            Reply.status(529),
            Reply.cut(),
            Reply.json(200, "go").thenCut());
    for (Reply reply : passing) {
      server.reply(reply, GOOD);

      assertEquals("good", ask(test.client(patience(3000), THREE_TRIES), test.context()));
    }
    assertEquals(passing.size(), meter.calls().stream().filter(c -> c.isRetry).count());
  }

  @Test
  void doesNotTryAgainWhatWillFailAgain() throws Exception {
    UpstreamClient client = test.client(patience(3000), THREE_TRIES);
    for (int status : new int[] {301, 302, 307, 400, 401, 403, 404, 405, 413, 422, 501, 505}) {
      server.reply(Reply.status(status).withHeader("Location", server.uri() + "/elsewhere"));

      assertEquals("upstream.refused", timed(() -> ask(client, test.context())).code());
    }
    assertEquals(12, server.requests().size());
    assertEquals(0, meter.spent().total());
    assertFreed(client, 2);
  }

  @Test
  void callsACutAnswerAFailureAndNotAShortAnswer() throws Exception {
    server.reply(Reply.json(200, "half an ans").thenCut());
    UpstreamClient client = test.client(patience(3000), ONE_TRY);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("upstream.unavailable", outcome.code());
    assertEquals(List.of(new Usage(100, 50, true)), usages());
    assertFreed(client, 2);
    System.out.printf("U5 half a body: %s after %d ms%n", outcome.code(), outcome.millis());
  }

  @Test
  void readsNoMoreThanItMay() throws Exception {
    server.reply(Reply.json(200, "x".repeat(10 << 20)));
    UpstreamClient client = test.client(patience(5000), THREE_TRIES);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("upstream.malformed", outcome.code());
    assertEquals(1, server.requests().size());
    assertFreed(client, 2);
    System.out.printf("U7 10 MB: %s after %d ms%n", outcome.code(), outcome.millis());
  }

  @Test
  void closesTheConnectionWhenTheCallerIsInterrupted() throws Exception {
    server.reply(Reply.never());
    UpstreamClient client = test.client(patience(20_000), THREE_TRIES);
    Future<Outcome> running = test.threads.submit(() -> timed(() -> ask(client, test.context())));
    ReceivedRequest request = server.awaitRequest();

    long began = System.nanoTime();
    running.cancel(true);
    request.clientGone().get(1, TimeUnit.SECONDS);

    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    awaitPermits(client, 2);
    assertEquals(List.of("upstream.cancelled"), meter.failures());
    System.out.printf("U6 cancelled: upstream closed within %d ms%n", millis);
  }

  @Test
  void doesNotQueueBeyondTheDeadline() throws Exception {
    server.reply(Reply.never(), Reply.never());
    UpstreamClient client = test.client(patience(5000), ONE_TRY);
    Future<?> first = test.threads.submit(() -> timed(() -> ask(client, test.context())));
    Future<?> second = test.threads.submit(() -> timed(() -> ask(client, test.context())));
    server.awaitRequest();
    server.awaitRequest();

    Outcome third = timed(() -> ask(client, test.context(Duration.ofMillis(200))));

    assertEquals("upstream.timeout", third.code());
    assertEquals(2, server.requests().size());
    first.cancel(true);
    second.cancel(true);
    awaitPermits(client, 2);
    assertEquals(2, meter.calls().size());
  }

  @Test
  void sendsNothingWithoutLeaveToPay() throws Exception {
    UpstreamClient client = test.client();
    CallContext broke = UnderTest.context(Duration.ofSeconds(5), new RecordingMeter(0));

    assertThrows(BudgetExhaustedException.class, () -> ask(client, broke));

    assertEquals(0, server.requests().size());
    assertFreed(client, 4);
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    URI nowhere = server.uri();
    server.close();
    UpstreamClient client = test.client(nowhere, patience(2000), ONE_TRY);

    Outcome outcome = timed(() -> ask(client, test.context()));

    assertEquals("upstream.unavailable", outcome.code());
    assertEquals(0, meter.spent().total());
    assertFreed(client, 2);
  }

  @Test
  void boundsItsOwnRetriesByTheDeadline() throws Exception {
    server.otherwise(request -> Reply.status(503).withHeader("Retry-After-Ms", "1000"));
    UpstreamClient client = test.client(patience(2000), THREE_TRIES);

    Outcome outcome = timed(() -> ask(client, test.context(Duration.ofMillis(1900))));

    assertEquals("upstream.unavailable", outcome.code());
    assertTrue(outcome.millis() < 1900, outcome::toString);
    assertEquals(2, server.requests().size());
    System.out.printf("U12 retries within 1,900 ms: 2 requests, %d ms%n", outcome.millis());
  }

  @Test
  void tellsNobodyWhoseSearchItIsUnlessTheOperatorSaysSo() {
    server.otherwise(request -> Reply.json(200, "ok"));
    Patience patience = patience(1500);
    Load load = new Load(4, 3, 1 << 20, PATIENT);

    ask(test.client(patience, load), test.context());
    ask(test.trusted(patience, load), test.context());
    ask(test.trusted(patience, load), test.context(Duration.ofMillis(800)));

    List<ReceivedRequest> sent = server.requests();
    for (String header : List.of("X-Espalier-Tenant", "X-Request-Id", "X-Espalier-Timeout-Ms")) {
      assertEquals(Optional.empty(), sent.get(0).header(header), header);
    }
    assertEquals("tenant", sent.get(1).header("X-Espalier-Tenant").orElseThrow());
    assertEquals("request-1", sent.get(1).header("X-Request-Id").orElseThrow());
    assertEquals("1500", sent.get(1).header("X-Espalier-Timeout-Ms").orElseThrow());
    int left = Integer.parseInt(sent.get(2).header("X-Espalier-Timeout-Ms").orElseThrow());
    assertTrue(left > 0 && left <= 800, () -> "left: " + left);
  }

  @Test
  void saysNothingOfKeyOrPromptWhenItFails() {
    server.reply(Reply.json(401, "{\"error\": \"bad key " + UnderTest.KEY + "\"}"));
    UpstreamClient client = test.client();

    UpstreamException failure =
        assertThrows(UpstreamException.class, () -> ask(client, test.context()));

    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertFalse(t.toString().contains(UnderTest.KEY), t::toString);
      assertFalse(t.toString().contains("the prompt"), t::toString);
    }
    assertEquals("***", new ApiKey(UnderTest.KEY).toString());
  }

  private static String ask(UpstreamClient client, CallContext context) {
    return client.call(
        new UpstreamRequest(CallKind.PROPOSE, "/v1/x", "\"the prompt\"", AT_MOST, Price.FREE),
        context,
        body -> new Answer<>(body, new Usage(10, 5, false)));
  }

  private record Outcome(String code, long millis) {}

  private static Outcome timed(Supplier<String> call) {
    long began = System.nanoTime();
    String code;
    try {
      code = call.get();
    } catch (UpstreamException e) {
      code = e.code();
    }
    return new Outcome(code, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  private List<Usage> usages() {
    return meter.calls().stream().map((Metered call) -> call.usage).toList();
  }

  private static Duration closed(ReceivedRequest request) throws Exception {
    long began = System.nanoTime();
    request.clientGone().get(1, TimeUnit.SECONDS);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void assertFreed(UpstreamClient client, int permits) {
    assertEquals(permits, client.availablePermits());
  }

  private static void awaitPermits(UpstreamClient client, int permits) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (client.availablePermits() < permits && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertFreed(client, permits);
  }
}
