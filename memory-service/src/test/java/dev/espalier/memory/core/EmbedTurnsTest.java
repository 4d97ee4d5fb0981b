package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.espalier.memory.core.EmbeddingQueue.Order;
import dev.espalier.memory.core.EmbeddingQueue.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void alternatesBetweenTheOldestAndTheNewest() {
    List<Order> orders = new ArrayList<>();
    EmbedTurns embedTurns =
        new EmbedTurns(
            (limit, order, work) -> {
              orders.add(order);
              return 0;
            },
            new FakeEmbedder(text -> new float[] {1, 0}));

    embedTurns.embedBatch();
    embedTurns.embedBatch();

    assertEquals(List.of(Order.OLDEST_FIRST, Order.NEWEST_FIRST), orders);
  }

  private static Outcome embed(Function<String, float[]> vectors) {
    List<Outcome> outcomes = new ArrayList<>();
    EmbeddingQueue queue =
        (limit, order, work) -> {
          outcomes.addAll(work.embed(List.of(TURN)));
          return 1;
        };
    new EmbedTurns(queue, new FakeEmbedder(vectors)).embedBatch();
    return outcomes.get(0);
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
