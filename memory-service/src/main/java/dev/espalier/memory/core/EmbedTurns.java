package dev.espalier.memory.core;

import dev.espalier.memory.core.EmbeddingQueue.Outcome;
import dev.espalier.memory.core.EmbeddingQueue.Served;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gives waiting turns their vectors, a small batch at a time. */
public final class EmbedTurns {

  /** About 150 ms of work: what a crash repeats, and how long a batch holds its rows. */
  private static final int BATCH = 16;

  private static final float UNIT_TOLERANCE = 1e-3f;

  private final EmbeddingQueue queue;
  private final Embedder embedder;
  private UUID served = new UUID(0, 0);

  public EmbedTurns(EmbeddingQueue queue, Embedder embedder) {
    this.queue = queue;
    this.embedder = embedder;
  }

  /**
   * Embeds one batch.
   *
   * @return how many turns were taken; 0 when none can be had now
   */
  public int embedBatch() {
    Optional<Served> batch = queue.process(BATCH, served, this::embed);
    batch.ifPresent(of -> served = of.conversation());
    return batch.map(Served::turns).orElse(0);
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
