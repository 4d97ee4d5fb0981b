package dev.espalier.memory.core;

import dev.espalier.memory.core.EmbeddingQueue.Outcome;
import dev.espalier.memory.core.EmbeddingQueue.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives waiting turns their vectors, a small batch at a time. */
public final class EmbedTurns {

  /** About 150 ms of work: what a crash repeats, and how long a batch holds its rows. */
  private static final int BATCH = 16;

  private static final float UNIT_TOLERANCE = 1e-3f;

  private final EmbeddingQueue queue;
  private final Embedders embedders;
  private UUID served = new UUID(0, 0);

  public EmbedTurns(EmbeddingQueue queue, Embedders embedders) {
    this.queue = queue;
    this.embedders = embedders;
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

  private List<Outcome> embed(@Nullable EmbeddingModel model, List<Turn> turns) {
    Optional<Embedder> embedder =
        model == null ? Optional.of(embedders.first()) : embedders.of(model);
    return embedder
        .map(of -> embed(of, turns))
        .orElseGet(() -> failed(turns, "its model is not configured"));
  }

  /** All at once, or else one by one, so that a text that fails holds up no other. */
  private List<Outcome> embed(Embedder embedder, List<Turn> turns) {
    try {
      List<float[]> vectors =
          embedder.embedPassages(turns.stream().map(turn -> turn.said().indexedText()).toList());
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < turns.size(); i++) {
        outcomes.add(outcome(embedder, turns.get(i), vectors.get(i)));
      }
      return outcomes;
    } catch (ModelUnavailableException e) {
      return turns.stream().<Outcome>map(turn -> new Outcome.Postponed(turn.seq())).toList();
    } catch (RuntimeException | Error e) {
      // An error, too: a text that overflows a stack must not end the thread that serves all
      // others.
      return turns.size() == 1
          ? failed(turns, e.getClass().getSimpleName())
          : turns.stream().flatMap(turn -> embed(embedder, List.of(turn)).stream()).toList();
    }
  }

  private static List<Outcome> failed(List<Turn> turns, String why) {
    return turns.stream().<Outcome>map(turn -> new Outcome.Failed(turn.seq(), why)).toList();
  }

  private static Outcome outcome(Embedder embedder, Turn turn, float[] vector) {
    return isUnit(embedder, vector)
        ? new Outcome.Embedded(turn.seq(), vector, embedder.model())
        : new Outcome.Failed(turn.seq(), "not a unit vector of the model's dimension");
  }

  /** Refuses NaN, zero and wrong-dimension vectors, which would spoil every later ranking. */
  static boolean isUnit(Embedder embedder, float[] vector) {
    return vector.length == embedder.model().dimensions()
        && Math.abs(DotProduct.of(vector, vector, 0) - 1) < UNIT_TOLERANCE;
  }
}
