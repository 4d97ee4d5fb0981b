package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.espalier.memory.core.EmbeddingQueue.Outcome;
import dev.espalier.memory.core.EmbeddingQueue.Served;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EmbedTurnsTest {

  private static final Turn TURN =
      new Turn(
          7, new NewTurn(Role.USER, "Ana", "I like tea.", null, null, Map.of()), Instant.EPOCH);

  @Test
  void embedsTheSpeakerWithTheText() {
    List<String> embedded = new ArrayList<>();

    embed(
        text -> {
          embedded.add(text);
          return new float[] {1, 0};
        });

    assertEquals(List.of("Ana: I like tea."), embedded);
  }

  @Test
  void acceptsAUnitVector() {
    assertInstanceOf(Outcome.Embedded.class, embed(text -> new float[] {0.6f, 0.8f}));
  }

  @Test
  void refusesVectorsThatWouldSpoilTheRanking() {
    assertInstanceOf(Outcome.Failed.class, embed(text -> new float[] {0, 0}));
    assertInstanceOf(Outcome.Failed.class, embed(text -> new float[] {Float.NaN, 1}));
    assertInstanceOf(Outcome.Failed.class, embed(text -> new float[] {1}));
    assertInstanceOf(Outcome.Failed.class, embed(text -> new float[] {3, 4}));
  }

  @Test
  void turnsAModelThatFailsIntoAnOutcome() {
    Outcome outcome =
        embed(
            text -> {
              throw new IllegalStateException("secret text: " + text);
            });

    assertEquals(new Outcome.Failed(7, "IllegalStateException"), outcome);
  }

  @Test
  void turnsAnErrorIntoAnOutcomeToo() {
    Outcome outcome =
        embed(
            text -> {
              throw new StackOverflowError();
            });

    assertEquals(new Outcome.Failed(7, "StackOverflowError"), outcome);
  }

  @Test
  void blamesNoTurnForAModelThatIsAway() {
    Outcome outcome =
        embed(
            text -> {
              throw new ModelUnavailableException("away");
            });

    assertEquals(new Outcome.Postponed(7), outcome);
  }

  @Test
  void asksForTheConversationAfterTheOneThatWasServed() {
    UUID served = new UUID(1, 2);
    List<UUID> asked = new ArrayList<>();
    EmbedTurns embedTurns =
        new EmbedTurns(
            (limit, after, work) -> {
              asked.add(after);
              return Optional.of(new Served(served, 1));
            },
            of(text -> new float[] {1, 0}));

    embedTurns.embedBatch();
    embedTurns.embedBatch();

    assertEquals(List.of(new UUID(0, 0), served), asked);
  }

  private static Outcome embed(Function<String, float[]> vectors) {
    List<Outcome> outcomes = new ArrayList<>();
    EmbeddingQueue queue =
        (limit, after, work) -> {
          outcomes.addAll(work.embed(null, List.of(TURN)));
          return Optional.of(new Served(new UUID(0, 1), 1));
        };
    new EmbedTurns(queue, of(vectors)).embedBatch();
    return outcomes.get(0);
  }

  private static Embedders of(Function<String, float[]> vectors) {
    return new Embedders(new FakeEmbedder(vectors), List.of());
  }

  private record FakeEmbedder(Function<String, float[]> vectors) implements Embedder {

    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel("fake", "1", "none", "", "", 2);
    }

    @Override
    public float[] embedPassage(String text) {
      return vectors.apply(text);
    }

    @Override
    public float[] embedQuery(String text) {
      return vectors.apply(text);
    }
  }
}
