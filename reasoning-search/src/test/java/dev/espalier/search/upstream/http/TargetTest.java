package dev.espalier.search.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.testkit.Reply;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/v1",
        "http://127.0.0.1:1/v1",
        "http://[::1]/",
        "http://2130706433/",
      })
  void refusesSuchAUrlAtStart(String url) {
    Target target = new Target("llm", Target.base(url), Optional.empty(), false, false);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, target::checkAddress);

    assertTrue(refused.getMessage().startsWith("url: "), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "ftp://a/v1",
        "file:///etc/passwd",
        "http://user:secret@host/",
        "http:///v1",
        "http://host/v1?key=secret",
        "http://host/#a",
        "http://ho st/",
        "gopher://host"
      })
  void refusesWhatIsNoBase(String url) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Target.base(url));

    assertTrue(refused.getMessage().startsWith("url: "), refused::getMessage);
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }

  @Test
  void sendsNothingToATrap() {
    try (UnderTest test = new UnderTest()) {
      test.server.otherwise(request -> Reply.json(200, "trapped"));
      Target target = new Target("llm", test.server.uri(), Optional.empty(), false, false);
      Load load = new Load(1, 3, 1000, UnderTest.PATIENT);
      Vertx vertx = Vertx.vertx();
      try (UpstreamClient client =
          new UpstreamClient(target, UnderTest.patience(1000), load, vertx, Clock.systemUTC())) {

        UpstreamException refused =
            assertThrows(
                UpstreamException.class,
                () ->
                    client.call(
                        new UpstreamRequest(CallKind.PROPOSE, "/x", "{}", Usage.NONE, Price.FREE),
                        test.context(),
                        body -> new Answer<>(body, Usage.NONE)));

        assertEquals("upstream.unavailable", refused.code());
        assertEquals(0, test.server.requests().size());
        assertEquals(0, test.meter.calls().size());
        System.out.println("L4 requests that reached the trap: " + test.server.requests().size());
      } finally {
        vertx.close();
      }
    }
  }
}
