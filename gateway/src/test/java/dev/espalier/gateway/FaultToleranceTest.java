package dev.espalier.gateway;

import static dev.espalier.gateway.GatewayClient.assertProblem;
import static dev.espalier.gateway.ScriptedServices.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class FaultToleranceTest {

  @TestHTTPResource URI gateway;

  private final ScriptedServer memory = ScriptedServices.memory();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void saysThatAServiceIsNotThere() throws Exception {
    assertProblem(503, "service.unavailable", client.get("/v1/absent"));
    assertProblem(503, "service.unavailable", client.post("/v1/absent", "{}"));
  }

  @Test
  void waitsForTheHeadNoLongerThanTheClient() throws Exception {
    memory.reply(Reply.never());

    HttpResponse<String> response =
        client.send(client.request("/v1/conversations/late").header("X-Request-Timeout-Ms", "100"));

    assertProblem(504, "request.deadline_exceeded", response);
    await(memory, "/v1/conversations/late").clientGone().get(1, TimeUnit.SECONDS);
  }

  @Test
  void letsAStreamGoOnBeyondTheDeadlineOfItsHead() throws Exception {
    memory.reply(Reply.events("a", "b", "c").withPauses(Duration.ofMillis(100)));

    HttpResponse<String> response =
        client.send(
            client.request("/v1/conversations/stream").header("X-Request-Timeout-Ms", "150"));

    assertEquals("data: a\n\ndata: b\n\ndata: c\n\n", response.body());
  }

  @Test
  void saysThatAServiceHungUp() throws Exception {
    memory.reply(Reply.cut());

    assertProblem(502, "upstream.failed", client.post("/v1/conversations/hang-up", "{}"));

    assertEquals(1, timesAsked("/v1/conversations/hang-up"));
  }

  @Test
  void asksOnceMoreWhereNothingCanHappenTwice() throws Exception {
    memory.reply(Reply.cut(), Reply.json(200, "{\"second\": true}"));
    HttpResponse<String> response = client.get("/v1/conversations/again");
    assertEquals("{\"second\": true}", response.body());
    assertEquals(2, timesAsked("/v1/conversations/again"));

    memory.reply(Reply.cut(), Reply.cut());
    assertProblem(502, "upstream.failed", client.get("/v1/conversations/twice"));
    assertEquals(2, timesAsked("/v1/conversations/twice"));
  }

  @ParameterizedTest
  @CsvSource({"cut, 502, upstream.failed", "never, 504, request.deadline_exceeded"})
  void givesABrokenServiceARestAndThenTriesAgain(String fault, int status, String code)
      throws Exception {
    ScriptedServer brittle = ScriptedServices.brittle();
    brittle.otherwise(request -> fault.equals("cut") ? Reply.cut() : Reply.never());
    int before = brittle.requests().size();
    for (int i = 0; i < 4; i++) {
      assertProblem(status, code, client.post("/v1/brittle", "{}"));
    }
    assertProblem(503, "service.unavailable", client.post("/v1/brittle", "{}"));
    assertEquals(before + 4, brittle.requests().size());
    assertEquals("2.0", breakerGauge());

    brittle.otherwise(request -> Reply.json(200, "{}"));

    awaitRecovery();
    assertEquals("0.0", breakerGauge());
  }

  private void awaitRecovery() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    int status;
    do {
      status = client.post("/v1/brittle", "{}").statusCode();
    } while (status != 200 && System.nanoTime() < deadline);
    assertEquals(200, status);
  }

  @Test
  void doesNotBlameTheServiceForImpatientClients() throws Exception {
    ScriptedServices.narrow().otherwise(request -> Reply.never());
    for (int i = 0; i < 30; i++) {
      HttpResponse<String> response =
          client.send(client.request("/v1/narrow/impatient").header("X-Request-Timeout-Ms", "5"));
      assertProblem(504, "request.deadline_exceeded", response);
    }

    ScriptedServices.narrow().otherwise(request -> Reply.json(200, "{}"));

    assertEquals(200, client.get("/v1/narrow/patient").statusCode());
  }

  @Test
  void letsNoMoreRequestsWaitThanConfigured() throws Exception {
    ScriptedServices.narrow().otherwise(request -> Reply.never());
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          client
              .http()
              .sendAsync(client.request("/v1/narrow/crowd").build(), BodyHandlers.ofString()));
    }

    int overloaded = 0;
    for (CompletableFuture<HttpResponse<String>> one : all) {
      HttpResponse<String> response = one.get(5, TimeUnit.SECONDS);
      if (response.statusCode() == 503) {
        assertProblem(503, "service.overloaded", response);
        overloaded++;
      } else {
        assertProblem(504, "request.deadline_exceeded", response);
      }
    }
    assertTrue(overloaded >= 6, "overloaded: " + overloaded);
    ScriptedServices.narrow().otherwise(request -> Reply.json(200, "{}"));
  }

  @Test
  void refusesABodyThatGrowsBeyondTheLimit() throws Exception {
    String request =
        "POST /v1/conversations/growing HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
            + ScriptedServices.KEY
            + "\r\nTransfer-Encoding: chunked\r\n\r\n"
            + ("4000\r\n" + "x".repeat(0x4000) + "\r\n").repeat(5)
            + "0\r\n\r\n";

    String answer = client.say(request);

    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    assertTrue(answer.contains("\"code\":\"request.body_too_large\""), answer);
    assertEquals(0, timesAsked("/v1/conversations/growing"));
  }

  private long timesAsked(String target) {
    return memory.requests().stream().filter(r -> r.target().equals(target)).count();
  }

  private String breakerGauge() throws Exception {
    return client
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("espalier_gateway_breaker{service=\"brittle\"}"))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }
}
