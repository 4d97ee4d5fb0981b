package dev.espalier.memory.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The turns that wait for their vector: durable, at least once, across all tenants. */
public interface EmbeddingQueue {

  /**
   * Takes up to {@code limit} waiting turns of one conversation, hands them to the work, and stores
   * the outcomes, all in one transaction: whoever dies in between leaves the turns waiting.
   *
   * <p>Conversations come in turn, by their ids, so that a large import does not hold up everybody
   * else's next turn.
   *
   * @param after the conversation that was served last
   * @return the conversation served now; empty when no turn waits
   * @throws MemoryException {@code database.unavailable}
   */
  Optional<Served> process(int limit, UUID after, Work work);

  /**
   * A conversation that had its turn.
   *
   * @param turns how many turns were taken; 0 when somebody else holds the conversation
   */
  record Served(UUID conversation, int turns) {}

  /** What is done with the turns taken; never throws for a single turn. */
  @FunctionalInterface
  interface Work {

    /**
     * @param model of the conversation's other vectors; null while it has none
     */
    List<Outcome> embed(@Nullable EmbeddingModel model, List<Turn> turns);
  }

  /** What became of one turn. */
  sealed interface Outcome {

    long seq();

    /** It has its vector. */
    record Embedded(long seq, float[] vector, EmbeddingModel model) implements Outcome {}

    /** The model was away: this says nothing about the turn, which is tried again later. */
    record Postponed(long seq) implements Outcome {}

    /** It could not be embedded this time. */
    record Failed(long seq, String why) implements Outcome {}
  }
}
