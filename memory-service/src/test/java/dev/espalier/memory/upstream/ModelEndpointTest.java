package dev.espalier.memory.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.memory.api.PlainPostgres;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(PlainPostgres.class)
@Timeout(20)
class ModelEndpointTest {

  private static final String KEY = "secret-of-the-endpoint";

  private final ScriptedServer server = ScriptedServer.start();
  private final ModelEndpoint endpoint =
      new ModelEndpoint(
          server.uri(), Optional.of(KEY), Duration.ofMillis(500), 1000, new PermittedAddress(true));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheBodyAndSendsTheKey() {
    server.reply(Reply.json(200, "{\"a\":1}"));

    assertEquals("{\"a\":1}", endpoint.post("{}", Optional.empty()));

    assertEquals(
        "Bearer " + KEY, server.requests().get(0).header("Authorization").orElse("no key"));
  }

  @Test
  void endsInTimeWhateverTheEndpointDoes() {
    server.reply(
        Reply.never(),
        Reply.cut(),
        Reply.json(200, "{\"a\":").thenHang(),
        Reply.json(500, KEY),
        Reply.json(429, "later"),
        Reply.status(302).withHeader("Location", server.uri() + "/elsewhere"),
        Reply.json(200, "x".repeat(1001)),
        Reply.json(200, "slow").withPauses(Duration.ofSeconds(2)));

    for (int i = 0; i < 8; i++) {
      ModelUnavailableException failure =
          assertThrows(
              ModelUnavailableException.class, () -> endpoint.post("{}", Optional.empty()));
      assertFalse(failure.getMessage().contains(KEY));
    }
    assertEquals(8, server.requests().size(), "no redirect is followed, nothing is sent twice");
  }

  @Test
  void leavesAnEndpointAloneThatFailsTooOften() {
    server.otherwise(request -> Reply.json(500, ""));

    for (int i = 0; i < 30; i++) {
      assertThrows(ModelUnavailableException.class, () -> endpoint.post("{}", Optional.empty()));
    }

    assertEquals(10, server.requests().size());
  }

  @Test
  void sendsNothingToAPrivateAddressThatIsNotAllowed() {
    server.otherwise(request -> Reply.json(200, "{}"));
    ModelEndpoint careful =
        new ModelEndpoint(
            server.uri(),
            Optional.empty(),
            Duration.ofSeconds(2),
            1000,
            new PermittedAddress(false));

    assertThrows(ModelUnavailableException.class, () -> careful.post("{}", Optional.empty()));

    assertEquals(0, server.requests().size());
  }
}
