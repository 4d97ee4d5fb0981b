package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.ledger.Spending;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BudgetTest {

  private static final int BUDGETS = 200;

  /** An upstream that takes more than it was asked for, from several threads. */
  @Test
  void overshootsByTheCallsInFlightAtMost() {
    Random random = new Random(4);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    double worst = 0;
    for (int i = 0; i < BUDGETS; i++) {
      // Given
      World world = new World(i, 4);
      world.overrun = 1 + random.nextInt(3);
      world.retries = 0.2;
      Limits limits =
          new Limits(
              i % 3 == 0 ? random.nextLong(1000) : null,
              i % 3 == 1 ? random.nextLong(30) : null,
              null,
              i % 3 == 2 ? random.nextDouble(1000) : null,
              null,
              null);
      SearchSpec spec = Runs.spec(Runs.strategy(random.nextInt(3)), false, i, limits);
      // When
      SearchState state =
          Runs.run(spec, world.ports(), new Runs.MemoryLog(), List.of(), executor).run();
      // Then
      Spending spent = state.ledger().total();
      double over =
          limits.tokens() != null
              ? spent.usage().total() - limits.tokens()
              : limits.calls() != null
                  ? spent.calls() - limits.calls()
                  : spent.money() - limits.money();
      double ofOne = limits.calls() != null ? 0 : world.most(limits.money() != null);
      assertTrue(
          over <= world.mostInFlight.get() * ofOne,
          () -> "seed 4, budget " + limits + " was exceeded: " + spent);
      worst = Math.max(worst, ofOne == 0 ? 0 : over / ofOne);
      assertEquals(0, state.ledger().reserved().calls());
      TreeInvariants.validate(state.tree());
    }
    executor.shutdown();
    System.out.printf("%d budgets (seed 4): the worst overshoot was %.2f calls%n", BUDGETS, worst);
  }

  @ParameterizedTest
  @EnumSource(
      value = StopReason.class,
      names = {"TOKENS", "CALLS", "SECONDS", "MONEY", "NODES", "DEPTH"})
  void stopsASearchByEachLimitAlone(StopReason reason) {
    for (int i = 0; i < 3; i++) {
      // Given
      Limits limits =
          new Limits(
              reason == StopReason.TOKENS ? 100L : null,
              reason == StopReason.CALLS ? 3L : null,
              reason == StopReason.SECONDS ? Duration.ofMillis(80) : null,
              reason == StopReason.MONEY ? 150.0 : null,
              reason == StopReason.NODES ? 10 : null,
              reason == StopReason.DEPTH ? 1 : null);
      World world = new World(3, 9);
      world.endings = 0;
      // When
      SearchState state = run(Runs.spec(Runs.strategy(i), false, 3, limits), world);
      // Then
      assertEquals(reason, state.stoppedBecause().orElseThrow());
      assertTrue(state.tree().size() <= 10 || reason != StopReason.NODES);
      assertTrue(state.best().isPresent());
    }
  }

  @Test
  void countsTheTimeOfEarlierWorkers() {
    // Given
    Limits limits = new Limits(null, null, Duration.ofSeconds(1), null, null, null);
    SearchSpec spec = Runs.spec(Runs.strategy(0), false, 3, limits);
    Runs.MemoryLog log = new Runs.MemoryLog();
    run(spec, new World(3, 4), log);
    long before = SearchState.replay(spec, log.events).activeTime().toMillis();
    log.events.remove(log.events.size() - 1);
    // When
    SearchState state = run(spec, new World(3, 4), log);
    // Then
    assertTrue(before > 0);
    assertTrue(state.activeTime().toMillis() >= before);
  }

  @Test
  void boundsAPathologicalSearch() {
    // Given
    World world = new World(8, 64);
    world.isPaid = false;
    world.endings = 0;
    StrategySpec strategy = new StrategySpec.MonteCarlo(64, 64, 64, 1.25);
    Limits limits = new Limits(null, null, null, null, 20_000, null);
    SearchSpec spec = Runs.spec(strategy, true, 8, limits);
    // When
    SearchState state = run(spec, world);
    // Then
    assertTrue(state.tree().size() <= 20_000);
    TreeInvariants.validate(state.tree());
  }

  private static SearchState run(SearchSpec spec, World world) {
    return run(spec, world, new Runs.MemoryLog());
  }

  private static SearchState run(SearchSpec spec, World world, Runs.MemoryLog log) {
    return new SearchRun(
            spec,
            world.ports(),
            log,
            List.copyOf(log.events),
            SearchSettings.DEFAULT,
            new TickingClock(),
            Runs.IN_TURN,
            "tenant",
            "request",
            () -> false)
        .run();
  }

  /** Ten milliseconds pass whenever somebody looks. */
  private static final class TickingClock extends Clock {

    private long millis;

    @Override
    public Instant instant() {
      millis += 10;
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
