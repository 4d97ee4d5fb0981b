package dev.espalier.memory.core;

import java.util.List;

/** The turns that wait for their vector: durable, at least once, across all tenants. */
public interface EmbeddingQueue {

  /**
   * Takes up to {@code limit} waiting turns of one conversation, hands them to the work, and stores
   * the outcomes, all in one transaction: whoever dies in between leaves the turns waiting.
   *
   * @param order which conversation comes first
   * @return how many turns were taken
   * @throws MemoryException {@code database.unavailable}
   */
  int process(int limit, Order order, Work work);

  /** Alternating the two keeps a large import from holding up everybody else's next turn. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /** What is done with the turns taken; never throws for a single turn. */
  @FunctionalInterface
  interface Work {
    List<Outcome> embed(List<Turn> turns);
  }

  /** What became of one turn. */
  sealed interface Outcome {

    long seq();

    /** It has its vector. */
    record Embedded(long seq, float[] vector) implements Outcome {}

    /** It could not be embedded this time. */
    record Failed(long seq, String why) implements Outcome {}
  }
}
