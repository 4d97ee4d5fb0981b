package dev.espalier.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.spending.BudgetStore.Outcome;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Reservation;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.ops.AccessRefresh;
import dev.espalier.gateway.ops.UsageWriter;
import dev.espalier.gateway.store.PostgresBudgets;
import dev.espalier.persistence.Database;
import dev.espalier.protocol.ProblemException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Budgets in a real PostgreSQL. */
@QuarkusTest
@WithTestResource(ScriptedServices.class)
class BudgetTest {

  private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
  private static final Duration TTL = Duration.ofMinutes(15);

  @Inject Spending spending;
  @Inject PostgresBudgets budgets;
  @Inject Database database;
  @Inject AccessRefresh refresh;
  @Inject UsageWriter usage;

  private final String tenant = "tenant-" + UUID.randomUUID();
  private final Caller caller = new Caller("key-of-" + tenant, tenant, Set.of());

  private record Level(long used, long reserved) {}

  @Test
  void admitsTenOfTwoHundredAtOnceAndSettlesThemAll() throws Exception {
    UUID budget = budget(null, "TOTAL", 1_000, 10_000);
    refresh.now();
    Charge atMost = new Charge(40, 60, 1_000);
    ExecutorService clients = Executors.newFixedThreadPool(200);
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<Reservation>> tries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tries.add(
          CompletableFuture.supplyAsync(
              () -> {
                await(start);
                return spending
                    .reserve(caller, "request", "chat", "model", atMost)
                    .toCompletableFuture()
                    .join();
              },
              clients));
    }
    start.countDown();
    List<Reservation> admitted = new ArrayList<>();
    for (CompletableFuture<Reservation> one : tries) {
      one.handle(
              (reservation, failure) -> {
                if (failure == null) {
                  admitted.add(reservation);
                } else {
                  assertEquals("budget.exhausted", problemIn(failure).problem().code());
                }
                return reservation;
              })
          .join();
    }
    clients.shutdown();
    Level held = level(budget);

    // Four are completed, three cancelled, two failed, and one upstream says nothing of its usage.
    List<Charge> used = new ArrayList<>();
    List<String> outcomes = List.of("completed", "cancelled", "failed");
    for (int i = 0; i < admitted.size(); i++) {
      Charge charge = i < 4 ? atMost : i < 7 ? new Charge(40, i, 500) : Charge.NOTHING;
      Charge counted = i == 9 ? new Charge(40, 55, 950) : charge;
      used.add(counted);
      admitted.get(i).settle(counted, i == 9, outcomes.get(i % 3)).toCompletableFuture().join();
    }
    usage.flush();

    Level after = level(budget);
    long tokens = used.stream().mapToLong(Charge::tokens).sum();
    System.out.printf(
        "T6: 200 concurrent requests on a budget for 10: %d admitted, %d tokens held of 1000;"
            + " after settling used %d, reserved %d, overspend %d%n",
        admitted.size(),
        held.reserved,
        after.used,
        after.reserved,
        Math.max(0, after.used - 1_000));
    assertEquals(10, admitted.size());
    assertEquals(new Level(0, 1_000), held);
    assertEquals(new Level(tokens, 0), after);
    assertEquals(
        10,
        database
            .queryOne(
                "SELECT count(*) AS n FROM usage WHERE tenant = ?", row -> row.getInt("n"), tenant)
            .orElseThrow());
  }

  /** Random calls on two budgets of one tenant, several at a time: the sums always agree. */
  @Test
  void agreesWithTheSumOfWhatWasUsedWhateverHappens() throws Exception {
    UUID ofTenant = budget(null, "TOTAL", 5_000, 1_000_000);
    UUID ofKey = budget(caller.key(), "DAY", 4_000, 1_000_000);
    long seed = System.nanoTime();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Long>> runs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Random random = new Random(seed + i);
      runs.add(CompletableFuture.supplyAsync(() -> spendAtRandom(random), clients));
    }
    long used = 0;
    for (CompletableFuture<Long> run : runs) {
      used += run.join();
    }
    clients.shutdown();

    assertEquals(new Level(used, 0), level(ofTenant), "seed " + seed);
    assertEquals(new Level(used, 0), level(ofKey), "seed " + seed);
    assertTrue(used <= 4_000, "seed " + seed);
  }

  @Test
  void holdsNothingInOneBudgetWhenAnotherIsNotEnough() {
    UUID wide = budget(null, "TOTAL", 1_000, 1_000);
    UUID narrow = budget(caller.key(), "MONTH", 10, 1_000);

    Outcome outcome = reserve(UUID.randomUUID(), 11, NOON);

    assertEquals(narrow, assertInstanceOf(Outcome.Exhausted.class, outcome).budget());
    assertEquals(new Level(0, 0), level(wide));
  }

  @Test
  void startsAnewWithThePeriodAndNeverGoesBack() {
    UUID budget = budget(null, "DAY", 100, 1_000);
    UUID first = UUID.randomUUID();
    assertInstanceOf(Outcome.Held.class, reserve(first, 100, NOON));
    budgets.settle(first, new Charge(100, 0, 0), NOON);
    assertInstanceOf(Outcome.Exhausted.class, reserve(UUID.randomUUID(), 1, NOON));

    Instant tomorrow = NOON.plus(Duration.ofDays(1));
    UUID second = UUID.randomUUID();
    assertInstanceOf(Outcome.Held.class, reserve(second, 60, tomorrow));
    budgets.settle(second, new Charge(60, 0, 0), tomorrow);

    // A replica whose clock is still at yesterday.
    assertInstanceOf(Outcome.Exhausted.class, reserve(UUID.randomUUID(), 41, NOON));
    assertInstanceOf(Outcome.Held.class, reserve(UUID.randomUUID(), 40, NOON));
    assertEquals(new Level(60, 40), level(budget));
  }

  @Test
  void releasesWhatNobodySettlesAndStillTakesASettlementThatComesLate() {
    UUID budget = budget(null, "TOTAL", 100, 1_000);
    UUID lost = UUID.randomUUID();
    reserve(lost, 70, NOON);

    assertEquals(0, releaseOwn(NOON.plus(TTL).minusSeconds(1), budget));
    releaseOwn(NOON.plus(TTL), budget);
    assertEquals(new Level(0, 0), level(budget));

    budgets.settle(lost, new Charge(30, 0, 0), NOON);
    budgets.settle(lost, new Charge(30, 0, 0), NOON);
    assertEquals(new Level(30, 0), level(budget));
  }

  private long releaseOwn(Instant now, UUID budget) {
    Level before = level(budget);
    budgets.releaseDue(now);
    return before.reserved - level(budget).reserved;
  }

  private long spendAtRandom(Random random) {
    long used = 0;
    for (int i = 0; i < 40; i++) {
      UUID id = UUID.randomUUID();
      if (reserve(id, 1 + random.nextInt(60), NOON) instanceof Outcome.Held) {
        Charge charge = new Charge(random.nextInt(2), 0, 0);
        budgets.settle(id, charge, NOON);
        used += charge.tokens();
      }
    }
    return used;
  }

  private Outcome reserve(UUID id, long tokens, Instant now) {
    return budgets.reserve(id, caller, new Charge(tokens, 0, 0), now, now.plus(TTL));
  }

  private UUID budget(String key, String period, long tokens, long nanos) {
    UUID id = UUID.randomUUID();
    database.update(
        "INSERT INTO tenant (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        tenant,
        tenant,
        NOON);
    database.update(
        """
        INSERT INTO budget (id, tenant, key, period, limit_tokens, limit_nanos, period_start,
                            created_at)
        VALUES (?, ?, ?, ?, ?, ?, 'epoch', ?)
        """,
        id,
        tenant,
        key,
        period,
        tokens,
        nanos,
        NOON);
    database.update("UPDATE access_revision SET value = value + 1");
    return id;
  }

  private Level level(UUID budget) {
    return database
        .queryOne(
            "SELECT used_tokens, reserved_tokens FROM budget WHERE id = ?",
            row -> new Level(row.getLong("used_tokens"), row.getLong("reserved_tokens")),
            budget)
        .orElseThrow();
  }

  private static ProblemException problemIn(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof ProblemException)) {
      cause = cause.getCause();
    }
    return (ProblemException) cause;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
