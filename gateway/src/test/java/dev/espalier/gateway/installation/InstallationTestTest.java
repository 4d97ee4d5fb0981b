package dev.espalier.gateway.installation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallationTestTest {

  private static final String KEY = "esp_secret";

  private final Map<String, String> answers =
      new ConcurrentHashMap<>(
          Map.of(
              "POST /v1/conversations", "{\"id\": \"c1\"}",
              "POST /v1/conversations/c1/turns", "{}",
              "POST /v1/conversations/c1/recall",
                  "{\"hits\": [{\"text\": \"The pear trees stand along the south wall.\"}]}",
              "DELETE /v1/conversations/c1", "",
              "POST /v1/equivalence/pairs", "{\"results\": [{\"equivalent\": true}]}"));
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void passesWhenBothServicesDoTheirWork() {
    assertEquals(0, run(), this::said);
    assertTrue(said().contains("PASSED"));
    assertFalse(said().contains(KEY));
  }

  @Test
  void failsWhenNothingIsRecalled() {
    answers.put("POST /v1/conversations/c1/recall", "{\"hits\": []}");

    assertEquals(1, run());
    assertTrue(said().contains("FAILED: what was written was not recalled"), this::said);
  }

  @Test
  void failsWhenEquivalentStepsAreToldApart() {
    answers.put("POST /v1/equivalence/pairs", "{\"results\": [{\"equivalent\": false}]}");

    assertEquals(1, run());
    assertTrue(said().contains("FAILED: two equivalent steps were told apart"), this::said);
  }

  @Test
  void saysWhatTheGatewayAnswered() {
    answers.remove("POST /v1/equivalence/pairs");

    assertEquals(1, run());
    assertTrue(said().contains("was answered with 404"), this::said);
  }

  @Test
  void leavesOutAServiceThatIsNotInstalled() {
    answers.remove("POST /v1/equivalence/pairs");

    assertEquals(0, run(List.of("memory")), this::said);
  }

  private int run() {
    return run(List.of("memory", "equivalence"));
  }

  private int run(List<String> services) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return InstallationTest.run(
        services,
        Map.of("ESPALIER_URL", url, "ESPALIER_API_KEY", KEY),
        new PrintStream(said, true, UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String body =
        answers.get(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    byte[] bytes = (body == null ? "" : body).getBytes(UTF_8);
    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String said() {
    return said.toString(UTF_8);
  }
}
