package dev.espalier.search.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.protocol.egress.UpstreamUrl;
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

class TargetTest {

  @Test
  void sendsNothingToATrap() {
    try (UnderTest test = new UnderTest()) {
      test.server.otherwise(request -> Reply.json(200, "trapped"));
      Target target =
          new Target("llm", new UpstreamUrl(test.server.uri()), Optional.empty(), false, false);
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
