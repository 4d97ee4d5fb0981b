package dev.espalier.memory.core.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.memory.core.Scope;
import dev.espalier.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClockJumpTest {

  private static final long SEED = 20260108;
  private static final UUID CONVERSATION = new UUID(0, 1);

  @Test
  void aClockThatJumpsForgetsNothingMore() {
    System.out.println("seed " + SEED);
    List<Duration> jumps =
        List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofHours(-1), Duration.ofDays(-1));
    RandomMemory memory = new RandomMemory(SEED);
    int wronglyForgotten = 0;
    for (int i = 0; i < 100; i++) {
      MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
      InMemoryForgetting store =
          new InMemoryForgetting(memory.traces(100), memory.policy(Strategy.ACTIVATION));
      Forgetting forgetting = new Forgetting(store, store, store, store, UUID::randomUUID, clock);
      Scope scope = new Scope("t", Instant.MAX);

      ForgettingPlan expected = forgetting.preview(scope, CONVERSATION, "p");
      for (Duration jump : jumps) {
        clock.advance(jump);
        assertEquals(expected, forgetting.preview(scope, CONVERSATION, "p"));
      }
      assertEquals(expected.changes(), forgetting.run(scope, CONVERSATION, "p").items());
      for (Duration jump : jumps) {
        clock.advance(jump);
        wronglyForgotten += forgetting.run(scope, CONVERSATION, "p").items().size();
      }
    }
    System.out.println("wrongly forgotten: " + wronglyForgotten);
    assertEquals(0, wronglyForgotten);
  }

  @Test
  void undoRestoresEveryTierThatIsNotPurged() {
    RandomMemory memory = new RandomMemory(SEED);
    for (int i = 0; i < 200; i++) {
      ForgettingPolicy policy = memory.policy(Strategy.values()[i % 4]);
      InMemoryForgetting store = new InMemoryForgetting(memory.traces(100), policy);
      Forgetting forgetting =
          new Forgetting(
              store,
              store,
              store,
              store,
              UUID::randomUUID,
              MutableClock.at(Instant.parse("2026-01-01T00:00:00Z")));
      Scope scope = new Scope("t", Instant.MAX);
      var before = store.allTiers();

      ForgettingRun run = forgetting.run(scope, CONVERSATION, "p");
      Undone undone = forgetting.undo(scope, run.id());

      run.items().stream()
          .filter(item -> item.to() == Tier.PURGED)
          .forEach(item -> before.put(item.seq(), Tier.PURGED));
      assertEquals(before, store.allTiers());
      assertEquals(undone, forgetting.undo(scope, run.id()), "undone once");
    }
  }
}
