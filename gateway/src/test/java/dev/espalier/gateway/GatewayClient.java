package dev.espalier.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the gateway under test: one that behaves, and a bare socket for one that does not.
 */
final class GatewayClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\r\ncontent-length: (\\d+)", Pattern.CASE_INSENSITIVE);

  private final URI gateway;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  GatewayClient(URI gateway) {
    this.gateway = gateway;
  }

  /** A request that carries the key. */
  HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(gateway.resolve(target))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + ScriptedServices.KEY);
  }

  HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return send(request(target));
  }

  HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
    return send(request(target).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpClient http() {
    return http;
  }

  /** A connection on which anything can be said. */
  Socket connect() throws IOException {
    Socket socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Says this on a new connection and returns the answer, or as much of it as comes. */
  String say(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      while (!isComplete(answer)) {
        int next = readQuietly(socket);
        if (next < 0) {
          break;
        }
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  private static boolean isComplete(StringBuilder answer) {
    int headEnd = answer.indexOf("\r\n\r\n");
    Matcher length = CONTENT_LENGTH.matcher(answer);
    return headEnd > 0
        && length.find()
        && answer.length() - headEnd - 4 >= Integer.parseInt(length.group(1));
  }

  private static int readQuietly(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Asserts that an answer is a proper problem document of this status and code. */
  static void assertProblem(int status, String code, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
    JsonNode problem = read(response.body());
    assertEquals(code, problem.path("code").asText());
    assertEquals(status, problem.path("status").asInt());
    assertEquals(
        response.headers().firstValue("X-Request-Id").orElseThrow(),
        problem.path("request_id").asText());
    if (status == 503) {
      assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
    }
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}
