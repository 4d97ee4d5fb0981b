package dev.espalier.memory.evaluation.crashes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.memory.evaluation.crashes.Ledger.Acknowledged;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

  @Test
  void measuresRecoveryByRequestsSentAfterTheKill() {
    Ledger ledger = new Ledger();
    ledger.add(new Acknowledged("sent before, answered after", 1, 90, 110));
    ledger.add(new Acknowledged("first after", 2, 120, 150));
    ledger.add(new Acknowledged("second after", 3, 130, 170));

    assertEquals(Optional.of(Duration.ofNanos(50)), ledger.untilNextAnswer(100));
    assertEquals(Optional.empty(), ledger.untilNextAnswer(200));
  }
}
