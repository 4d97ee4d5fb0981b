package dev.espalier.memory.evaluation.crashes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.evaluation.client.StoredTurn;
import dev.espalier.memory.evaluation.crashes.Ledger.Acknowledged;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {

  @Test
  void isCleanWhenEverythingIsInItsPlaceOnce() {
    Audit audit =
        Audit.of(
            List.of(acknowledged("b", 2), acknowledged("a", 1)),
            List.of(new StoredTurn(1, "a"), new StoredTurn(2, "b")));

    assertTrue(audit.isClean());
    assertEquals(2, audit.acknowledged());
  }

  @Test
  void findsWhatIsLostAndWhatNobodySaid() {
    Audit audit = Audit.of(List.of(acknowledged("a", 1)), List.of(new StoredTurn(1, "x")));

    assertEquals(new Audit(1, 1, 0, 0, 1, 0), audit);
    assertFalse(audit.isClean());
  }

  @Test
  void findsWhatIsStoredTwice() {
    Audit audit =
        Audit.of(
            List.of(acknowledged("a", 1)), List.of(new StoredTurn(1, "a"), new StoredTurn(2, "a")));

    assertEquals(new Audit(1, 0, 1, 0, 0, 0), audit);
  }

  @Test
  void findsGapsAndTurnsInAnotherPlace() {
    Audit audit =
        Audit.of(
            List.of(acknowledged("a", 1), acknowledged("b", 2)),
            List.of(new StoredTurn(1, "a"), new StoredTurn(3, "b")));

    assertEquals(new Audit(2, 0, 0, 1, 0, 1), audit);
  }

  private static Acknowledged acknowledged(String content, long seq) {
    return new Acknowledged(content, seq, 0, 0);
  }
}
