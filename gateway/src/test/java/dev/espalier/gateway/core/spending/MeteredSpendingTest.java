package dev.espalier.gateway.core.spending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.gateway.core.ApiKey;
import dev.espalier.gateway.core.KeyRing;
import dev.espalier.gateway.core.access.Access;
import dev.espalier.gateway.core.access.AccessSnapshot;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.protocol.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MeteredSpendingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T23:59:50Z");
  private static final Charge ATMOST = new Charge(10, 90, 1_000);
  private static final Caller RICH = new Caller("rich", "acme", Set.of());
  private static final Caller FRUGAL =
      new Caller("frugal", "globex", Set.of(), new KeyLimits(null, 150L));

  private final OneBudget budget = new OneBudget();
  private final List<Usage> usages = new ArrayList<>();
  private final List<String> watched = new ArrayList<>();
  private long nanos;
  private final Access access =
      new Access(
          new KeyRing(List.of(new ApiKey("rich", "0".repeat(64), "acme"))),
          true,
          Duration.ofSeconds(30),
          Clock.fixed(NOW, ZoneOffset.UTC),
          () -> nanos);
  private final MeteredSpending spending =
      new MeteredSpending(
          access,
          new RateLimits(() -> nanos),
          budget,
          usages::add,
          (operation, model) -> (used, outcome) -> watched.add(operation + " " + outcome),
          Runnable::run,
          Clock.fixed(NOW, ZoneOffset.UTC),
          Duration.ofMinutes(15));

  MeteredSpendingTest() {
    access.publish(new AccessSnapshot(1, Map.of(), Set.of(), Set.of("globex"), Set.of()));
  }

  @Test
  void asksNoStoreForACallerWithoutABudget() {
    budget.isAway = true;

    Reservation reservation = reserve(RICH);
    reservation.settle(new Charge(1, 2, 3), false, "completed");

    assertEquals(1, usages.size());
    assertEquals("request-1", usages.get(0).requestId());
    assertEquals(new Charge(1, 2, 3), usages.get(0).charge());
    assertEquals(0, spending.unsettled());
  }

  @Test
  void settlesOnce() {
    Reservation reservation = reserve(FRUGAL);

    reservation.settle(new Charge(1, 1, 10), true, "cancelled");
    reservation.settle(ATMOST, false, "completed");

    assertEquals(List.of(new Charge(1, 1, 10)), List.copyOf(budget.settled.values()));
    assertEquals(1, usages.size());
    assertEquals("cancelled", usages.get(0).outcome());
    assertEquals(List.of("chat cancelled"), watched);
  }

  @Test
  void refusesWhatTheBudgetDoesNotCoverAndTellsWhenItIsFilledAgain() {
    budget.isExhausted = true;

    ProblemException refused = refused(FRUGAL);

    assertEquals("budget.exhausted", refused.problem().code());
    assertEquals(10L, refused.problem().extensions().get("retry_after_seconds"));
  }

  @Test
  void takesNoTokensOfTheMinuteForARefusedCall() {
    budget.isExhausted = true;
    refused(FRUGAL);
    refused(FRUGAL);
    budget.isExhausted = false;

    reserve(FRUGAL);

    assertEquals("limit.tokens", refused(FRUGAL).problem().code());
  }

  @Test
  void refusesWhenABudgetCannotBeAsked() {
    budget.isAway = true;

    assertEquals("database.unavailable", refused(FRUGAL).problem().code());
  }

  @Test
  void refusesWhenItIsNotKnownWhetherThereIsABudget() {
    nanos = Duration.ofSeconds(31).toNanos();

    assertEquals("database.unavailable", refused(RICH).problem().code());
  }

  @Test
  void settlesLaterWhatTheStoreDidNotTake() {
    Reservation reservation = reserve(FRUGAL);
    budget.isAway = true;
    reservation.settle(new Charge(5, 5, 50), false, "completed");
    spending.settleRest();
    assertEquals(1, spending.unsettled());

    budget.isAway = false;
    spending.settleRest();

    assertEquals(0, spending.unsettled());
    assertEquals(List.of(new Charge(5, 5, 50)), List.copyOf(budget.settled.values()));
  }

  private Reservation reserve(Caller caller) {
    return spending
        .reserve(caller, "request-1", "chat", "any", ATMOST)
        .toCompletableFuture()
        .join();
  }

  private ProblemException refused(Caller caller) {
    CompletionException failed = assertThrows(CompletionException.class, () -> reserve(caller));
    return assertInstanceOf(ProblemException.class, failed.getCause());
  }

  /** A store that is told what to answer. */
  private static final class OneBudget implements BudgetStore {

    private final Map<UUID, Charge> settled = new HashMap<>();
    private boolean isAway;
    private boolean isExhausted;

    @Override
    public Outcome reserve(
        UUID reservation, Caller caller, Charge atMost, Instant now, Instant deadline) {
      check();
      return isExhausted ? new Outcome.Exhausted(new UUID(0, 1), Period.DAY) : new Outcome.Held();
    }

    @Override
    public void settle(UUID reservation, Charge used, Instant now) {
      check();
      settled.put(reservation, used);
    }

    private void check() {
      if (isAway) {
        throw new IllegalStateException("away");
      }
    }
  }
}
