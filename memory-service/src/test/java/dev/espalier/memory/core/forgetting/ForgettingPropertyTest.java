package dev.espalier.memory.core.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.testkit.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForgettingPropertyTest {

  private static final long SEED = 20260110;
  private static final int CASES = 200;
  private static final int STEPS = 20;
  private static final UUID CONVERSATION = new UUID(0, 1);
  private static final Scope SCOPE = new Scope("t", Instant.MAX);

  private final RandomMemory memory = new RandomMemory(SEED);

  @Test
  void aRunDoesWhatThePreviewSaidAndASecondOneNothing() {
    forRandomMemories(
        (store, forgetting) -> {
          ForgettingPlan first = forgetting.preview(SCOPE, CONVERSATION, "p");
          ForgettingPlan preview = forgetting.preview(SCOPE, CONVERSATION, "p");
          Map<Long, Tier> expected = store.allTiers();
          preview.changes().forEach(item -> expected.put(item.seq(), item.to()));

          ForgettingRun run = forgetting.run(SCOPE, CONVERSATION, "p");
          ForgettingRun again = forgetting.run(SCOPE, CONVERSATION, "p");

          assertEquals(first, preview, "a preview changes nothing");
          assertEquals(preview.changes(), run.items());
          assertEquals(List.of(), again.items());
          assertEquals(expected, store.allTiers());
        });
  }

  @Test
  void whatIsPinnedStaysActiveWhateverHappens() {
    forRandomMemories(
        (store, forgetting) -> {
          Reinforcement reinforcement = new Reinforcement(store, store, store);
          // A pin makes active, so that no memory holds a pinned turn that is not.
          store.all().stream()
              .filter(trace -> trace.isPinned() && trace.tier() != Tier.PURGED)
              .forEach(trace -> forgetting.pin(SCOPE, CONVERSATION, trace.seq()));
          List<UUID> runs = new ArrayList<>();
          for (int step = 0; step < STEPS; step++) {
            long seq = memory.between(1, store.all().size());
            boolean isThere = store.exists(CONVERSATION, seq);
            switch (memory.between(0, 4)) {
              case 0 -> runs.add(forgetting.run(SCOPE, CONVERSATION, "p").id());
              case 1 -> runs.stream().findAny().ifPresent(run -> forgetting.undo(SCOPE, run));
              case 2 -> reinforcement.reinforce(SCOPE, CONVERSATION, List.of(seq), seq + step);
              case 3 -> {
                if (isThere) {
                  forgetting.unpin(SCOPE, CONVERSATION, seq);
                }
              }
              default -> {
                if (isThere) {
                  forgetting.pin(SCOPE, CONVERSATION, seq);
                }
              }
            }
            for (MemoryTrace trace : store.all()) {
              assertTrue(!trace.isPinned() || trace.tier() == Tier.ACTIVE, trace::toString);
            }
          }
        });
  }

  @Test
  void tellsFollowersWhatMovedAndNothingWhenNothingDid() {
    forRandomMemories(
        (store, forgetting) -> {
          ForgettingRun run = forgetting.run(SCOPE, CONVERSATION, "p");
          forgetting.run(SCOPE, CONVERSATION, "p");
          Undone undone = forgetting.undo(SCOPE, run.id());
          forgetting.undo(SCOPE, run.id());

          List<ConversationEvent> expected = new ArrayList<>();
          if (!run.items().isEmpty()) {
            expected.add(ConversationEvent.forgotten(run.id(), run.changes()));
          }
          expected.add(
              ConversationEvent.remembered(
                  run.id(), undone.restored().size(), undone.left().size()));
          assertEquals(expected, store.published());
        });
  }

  private interface Property {
    void check(InMemoryForgetting store, Forgetting forgetting);
  }

  private void forRandomMemories(Property property) {
    System.out.println("seed " + SEED);
    for (int i = 0; i < CASES; i++) {
      Strategy strategy = Strategy.values()[i % Strategy.values().length];
      InMemoryForgetting store =
          new InMemoryForgetting(memory.traces(memory.between(1, 150)), memory.policy(strategy));
      property.check(
          store,
          new Forgetting(
              store,
              store,
              store,
              store,
              UUID::randomUUID,
              MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"))));
    }
  }
}
