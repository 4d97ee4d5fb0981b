package dev.espalier.gateway;

import static dev.espalier.gateway.GatewayClient.assertProblem;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused never reaches a service. */
@QuarkusTest
@WithTestResource(ScriptedServices.class)
class RefusalTest {

  private static final String KEY_LINE = "Authorization: Bearer " + ScriptedServices.KEY + "\r\n";

  @TestHTTPResource URI gateway;

  private final ScriptedServer memory = ScriptedServices.memory();
  private GatewayClient client;
  private int requestsBefore;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
    requestsBefore = memory.requests().size();
  }

  @AfterEach
  void nothingReachedTheService() {
    assertEquals(requestsBefore, memory.requests().size());
  }

  @Test
  void asksForAKey() throws Exception {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(gateway.resolve("/v1/conversations")));

    assertProblem(401, "auth.key_missing", response);
    assertEquals(Optional.of("Bearer"), response.headers().firstValue("WWW-Authenticate"));
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer wrong, auth.key_refused",
    "'Bearer ', auth.key_missing",
    "Token wrong, auth.key_refused",
    "Bearer esp_00000000000000000000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, auth.key_refused",
    "Basic YTpi, auth.key_missing",
    "a key for tests, auth.key_missing"
  })
  void refusesAnyOtherKey(String authorization, String code) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(gateway.resolve("/v1/conversations"))
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString("{}")));

    assertProblem(401, code, response);
    assertEquals(Optional.of("Bearer"), response.headers().firstValue("WWW-Authenticate"));
  }

  @Test
  void refusesTwoKeysAtOnce() throws Exception {
    assertRefused(
        "GET /v1/conversations HTTP/1.1\r\nHost: g\r\n" + KEY_LINE + KEY_LINE + "\r\n",
        401,
        "auth.key_missing");
  }

  @ParameterizedTest
  @CsvSource({
    "/, 404, request.not_found",
    "/v1, 404, request.not_found",
    "/v1/conversationsx, 404, request.not_found",
    "/q/none, 404, request.not_found",
    "/v1/equivalence/pairs, 404, gateway.service_not_running",
    "/v1//conversations, 400, gateway.path_refused",
    "/v1/brittle/../conversations, 400, gateway.path_refused",
    "/v1/brittle/%2e%2e/conversations, 400, gateway.path_refused",
    "/v1/brittle/..%2fconversations, 400, gateway.path_refused",
    "/v1/conversations/%00, 400, gateway.path_refused",
    "/v1/conversations/..;/x, 400, gateway.path_refused",
    "/q/../v1/conversations, 400, gateway.path_refused",
    "*, 404, request.not_found",
    "v1/conversations, 404, request.not_found"
  })
  void refusesPaths(String path, int status, String code) throws Exception {
    assertRefused("GET " + path + " HTTP/1.1\r\nHost: g\r\n" + KEY_LINE + "\r\n", status, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "{id}", "%"})
  void refusesWhatIsNoUriWithoutMuchAdo(String segment) throws Exception {
    String answer =
        client.say(
            "GET /v1/conversations/" + segment + " HTTP/1.1\r\nHost: g\r\n" + KEY_LINE + "\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: identity"
      })
  void refusesAmbiguousFraming(String framing) throws Exception {
    String answer =
        assertRefused(
            "POST /v1/conversations HTTP/1.1\r\nHost: g\r\n"
                + KEY_LINE
                + framing
                + "\r\n\r\n0\r\n\r\n",
            400,
            "request.ambiguous_framing");

    assertTrue(answer.contains("connection: close"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Content-Length: x"
      })
  void refusesALengthThatIsNone(String length) throws Exception {
    String answer =
        client.say(
            "POST /v1/conversations HTTP/1.1\r\nHost: g\r\n" + KEY_LINE + length + "\r\n\r\nhello");

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @Test
  void refusesALongBodyBeforeItIsSent() throws Exception {
    String answer =
        assertRefused(
            "POST /v1/conversations HTTP/1.1\r\nHost: g\r\n"
                + KEY_LINE
                + "Expect: 100-continue\r\nContent-Length: 65537\r\n\r\n",
            413,
            "request.body_too_large");

    assertFalse(answer.contains("100 Continue"), answer);
  }

  @Test
  void doesNotListenForeverToARefusedClient() throws Exception {
    try (Socket talker = client.connect()) {
      talker
          .getOutputStream()
          .write(
              "POST /nothing HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n\r\n".getBytes(US_ASCII));

      String answer = new String(talker.getInputStream().readAllBytes(), US_ASCII);

      assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
    }
  }

  @Test
  void refusesOtherMethods() throws Exception {
    String answer =
        assertRefused(
            "TRACE /v1/conversations HTTP/1.1\r\nHost: g\r\n" + KEY_LINE + "\r\n",
            405,
            "request.method_not_allowed");

    assertTrue(answer.contains("allow: GET, HEAD, POST"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "1.5", "99999999999999999999"})
  void refusesATimeoutThatIsNoPositiveNumber(String millis) throws Exception {
    HttpResponse<String> response =
        client.send(client.request("/v1/conversations").header("X-Request-Timeout-Ms", millis));

    assertProblem(400, "request.malformed_header", response);
  }

  @Test
  void refusesLargeHeadersAndLongAddresses() throws Exception {
    assertProblem(
        431,
        "gateway.headers_too_large",
        client.send(client.request("/v1/conversations").header("X-Large", "x".repeat(20_000))));
    assertProblem(
        414, "gateway.uri_too_long", client.get("/v1/conversations?" + "x".repeat(5_000)));
  }

  @Test
  void refusesAnOldVersionAndAMissingHost() throws Exception {
    assertRefused(
        "GET /v1/conversations HTTP/1.0\r\n" + KEY_LINE + "\r\n", 400, "gateway.http_version");
    assertRefused(
        "GET /v1/conversations HTTP/1.1\r\n" + KEY_LINE + "\r\n", 400, "request.malformed_header");
  }

  private String assertRefused(String request, int status, String code) throws IOException {
    String answer = client.say(request);
    assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
    assertTrue(answer.contains("\"request_id\":\""), answer);
    return answer;
  }
}
