package dev.espalier.memory.core;

import dev.espalier.memory.core.EmbeddingQueue.Order;
import dev.espalier.memory.core.EmbeddingQueue.Outcome;
import java.util.List;

/** Gives waiting turns their vectors, a small batch at a time. */
public final class EmbedTurns {

  /** About 150 ms of work: what a crash repeats, and how long a batch holds its rows. */
  private static final int BATCH = 16;

  private static final float UNIT_TOLERANCE = 1e-3f;

  private final EmbeddingQueue queue;
  private final Embedder embedder;
  private Order next = Order.OLDEST_FIRST;

  public EmbedTurns(EmbeddingQueue queue, Embedder embedder) {
    this.queue = queue;
    this.embedder = embedder;
  }

  /**
   * Embeds one batch.
   *
   * @return how many turns were taken; 0 when none waits
   */
  public int embedBatch() {
    Order order = next;
    next = order == Order.OLDEST_FIRST ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    return queue.process(BATCH, order, this::embed);
  }

  private List<Outcome> embed(List<Turn> turns) {
    return turns.stream().map(this::embed).toList();
  }

  private Outcome embed(Turn turn) {
    try {
      float[] vector = embedder.embedPassage(turn.said().indexedText());
      return isUnit(vector)
          ? new Outcome.Embedded(turn.seq(), vector)
          : new Outcome.Failed(turn.seq(), "not a unit vector of the model's dimension");
    } catch (RuntimeException e) {
      return new Outcome.Failed(turn.seq(), e.getClass().getSimpleName());
    }
  }

  /** Refuses NaN, zero and wrong-dimension vectors, which would spoil every later ranking. */
  private boolean isUnit(float[] vector) {
    return vector.length == embedder.model().dimensions()
        && Math.abs(DotProduct.of(vector, vector, 0) - 1) < UNIT_TOLERANCE;
  }
}
