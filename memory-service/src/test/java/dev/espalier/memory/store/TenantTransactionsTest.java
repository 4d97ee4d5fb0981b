package dev.espalier.memory.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.persistence.TransactionFailure;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ParkedWorkers.class)
class TenantTransactionsTest {

  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  @Inject TenantTransactions transactions;
  @Inject Database database;

  @Test
  void passesOnAnErrorOfTheWorkAsItIs() {
    StackOverflowError own = new StackOverflowError();

    StackOverflowError thrown =
        assertThrows(
            StackOverflowError.class,
            () ->
                transactions.in(
                    "t-1",
                    LATER,
                    () -> {
                      throw own;
                    }));

    assertSame(own, thrown);
  }

  @Test
  void endsAStatementAtTheDeadline() {
    Instant soon = Instant.now().plusMillis(300);

    TransactionFailure thrown =
        assertThrows(
            TransactionFailure.class,
            () ->
                transactions.in(
                    "t-1",
                    soon,
                    () -> database.query("SELECT pg_sleep(20)::text", row -> row.getString(1))));

    assertEquals(TransactionFailure.Reason.DEADLINE_EXCEEDED, thrown.reason());
  }
}
