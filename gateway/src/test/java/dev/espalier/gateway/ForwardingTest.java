package dev.espalier.gateway;

import static dev.espalier.gateway.ScriptedServices.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class ForwardingTest {

  @TestHTTPResource URI gateway;

  private final ScriptedServer memory = ScriptedServices.memory();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void passesMethodPathQueryAndBodyOn() throws Exception {
    memory.reply(Reply.json(201, "{\"id\": 7}").withHeader("Location", "/v1/conversations/7"));

    HttpResponse<String> response = client.post("/v1/conversations/a%20b?x=1&y=%2F", "{\"é\": 1}");

    ReceivedRequest received = await(memory, "/v1/conversations/a%20b?x=1&y=%2F");
    assertEquals("POST", received.method());
    assertEquals("{\"é\": 1}", received.body());
    assertEquals(201, response.statusCode());
    assertEquals("{\"id\": 7}", response.body());
    assertEquals("/v1/conversations/7", response.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void saysWhoAsksAndReplacesWhatTheClientPretends() throws Exception {
    client.send(
        client
            .request("/v1/conversations/spoofed")
            .header("X-Espalier-Tenant", "globex")
            .header("x-espalier-admin", "yes")
            .header("X-Espalier-Timeout-Ms", "999999"));

    ReceivedRequest received = await(memory, "/v1/conversations/spoofed");
    assertEquals(List.of("local"), received.headers().get("x-espalier-tenant"));
    assertFalse(received.headers().containsKey("x-espalier-admin"));
    assertFalse(received.headers().containsKey("authorization"));
    long millisLeft = Long.parseLong(received.header("X-Espalier-Timeout-Ms").orElseThrow());
    assertTrue(millisLeft > 0 && millisLeft <= 30_000, "left: " + millisLeft);
  }

  @Test
  void keepsAProperRequestIdAndReturnsItOnce() throws Exception {
    memory.reply(Reply.json(200, "{}").withHeader("X-Request-Id", "from-the-service"));

    HttpResponse<String> response =
        client.send(client.request("/v1/conversations/id").header("X-Request-Id", "client:7"));

    assertEquals(
        Optional.of("client:7"), await(memory, "/v1/conversations/id").header("X-Request-Id"));
    assertEquals(List.of("client:7"), response.headers().allValues("X-Request-Id"));
  }

  @Test
  void makesARequestIdWhereTheClientSendsNone() throws Exception {
    HttpResponse<String> response =
        client.send(client.request("/v1/conversations/bad-id").header("X-Request-Id", "no id"));

    Optional<String> id = response.headers().firstValue("X-Request-Id");
    assertEquals(36, id.orElseThrow().length());
    assertEquals(id, await(memory, "/v1/conversations/bad-id").header("X-Request-Id"));
  }

  @Test
  void shortensTheTimeoutAsTheClientAsks() throws Exception {
    client.send(client.request("/v1/conversations/short").header("X-Request-Timeout-Ms", "700"));
    client.send(client.request("/v1/conversations/long").header("X-Request-Timeout-Ms", "700000"));

    assertTrue(millisLeft("/v1/conversations/short") <= 700);
    long capped = millisLeft("/v1/conversations/long");
    assertTrue(capped > 700 && capped <= 30_000);
  }

  @Test
  void keepsHeadersOfOneHopToItself() throws Exception {
    memory.reply(
        Reply.json(200, "{}")
            .withHeader("Connection", "X-Of-The-Hop")
            .withHeader("X-Of-The-Hop", "1")
            .withHeader("Keep-Alive", "timeout=5")
            .withHeader("X-End-To-End", "1"));

    String answer =
        client.say(
            """
            GET /v1/conversations/hop HTTP/1.1\r
            Host: gateway\r
            Authorization: Bearer %s\r
            Connection: X-Mine, keep-alive\r
            X-Mine: 1\r
            TE: trailers\r
            Proxy-Authorization: Basic eDp5\r
            Proxy-Connection: keep-alive\r
            X-Other: 1\r
            \r
            """
                .formatted(ScriptedServices.KEY));

    ReceivedRequest received = await(memory, "/v1/conversations/hop");
    assertEquals(Optional.of("1"), received.header("X-Other"));
    for (String name : List.of("connection", "x-mine", "te", "proxy-authorization", "keep-alive")) {
      assertFalse(received.headers().containsKey(name), name);
    }
    assertTrue(answer.contains("X-End-To-End"), answer);
    assertFalse(answer.contains("X-Of-The-Hop"), answer);
    assertFalse(answer.contains("Keep-Alive"), answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 404, 422, 500, 503})
  void passesTheAnswerOfTheServiceOnAsItIs(int status) throws Exception {
    memory.reply(Reply.status(status).withHeader("X-Code", "memory.of_its_own"));

    HttpResponse<String> response = client.get("/v1/conversations/status");

    assertEquals(status, response.statusCode());
    assertEquals(Optional.of("memory.of_its_own"), response.headers().firstValue("X-Code"));
  }

  @Test
  void takesTheAddressFromItsOwnConfigurationAlone() throws Exception {
    client.say(
        """
        GET http://elsewhere.example/v1/conversations/absolute?x=1 HTTP/1.1\r
        Host: elsewhere.example\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(ScriptedServices.KEY));

    ReceivedRequest received = await(memory, "/v1/conversations/absolute?x=1");
    assertEquals(Optional.of(memory.uri().getAuthority()), received.header("Host"));
  }

  @Test
  void leavesOneWayToFindTheEndOfABody() throws Exception {
    String answer =
        client.say(
            """
            POST /v1/conversations/two-ends HTTP/1.1\r
            Host: gateway\r
            Authorization: Bearer %s\r
            Content-Length: 4\r
            Transfer-Encoding: chunked\r
            \r
            5\r
            hello\r
            0\r
            \r
            """
                .formatted(ScriptedServices.KEY));

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    ReceivedRequest received = await(memory, "/v1/conversations/two-ends");
    assertEquals("hello", received.body());
    assertFalse(received.headers().containsKey("content-length"));
  }

  @Test
  void asksForTheBodyOnlyOnceTheRequestIsLetIn() throws Exception {
    HttpResponse<String> response =
        client.send(
            client
                .request("/v1/conversations/expect")
                .expectContinue(true)
                .POST(BodyPublishers.ofString("after 100")));

    assertEquals(200, response.statusCode());
    ReceivedRequest received = await(memory, "/v1/conversations/expect");
    assertEquals("after 100", received.body());
    assertFalse(received.headers().containsKey("expect"));
  }

  @Test
  void speaksHttp2ToAClientThatUpgradesWithItsFirstPost() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    for (String target : List.of("/v1/conversations/upgrade", "/v1/conversations/upgraded")) {
      HttpResponse<String> response =
          upgrading.send(
              client
                  .request(target)
                  .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("of no length")))
                  .build(),
              BodyHandlers.ofString());

      assertEquals(200, response.statusCode());
      assertEquals(HttpClient.Version.HTTP_2, response.version());
      ReceivedRequest received = await(memory, target);
      assertEquals("of no length", received.body());
      assertFalse(received.headers().containsKey("http2-settings"));
    }
  }

  private long millisLeft(String target) throws InterruptedException {
    return Long.parseLong(await(memory, target).header("X-Espalier-Timeout-Ms").orElseThrow());
  }
}
