package dev.espalier.memory.core.reembedding;

import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.reembedding.Reembedding.State;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Moves, and the vectors that are not searched. Called inside a unit of work. */
public interface ReembeddingStore {

  void open(UUID id, UUID conversation, EmbeddingModel to);

  Optional<Reembedding> find(UUID id);

  /** The conversation's move that is not dropped, if there is one. */
  Optional<Reembedding> current(UUID conversation);

  /** Keeps every other change of the conversation's vectors out until the unit of work ends. */
  void lock(UUID conversation);

  /** The next turns that can be embedded. */
  List<Turn> readable(UUID conversation, long afterSeq, int limit);

  /** Stores new vectors, but for turns that were erased meanwhile. */
  void add(Reembedding move, List<Embedded> vectors, long throughSeq, long failed);

  void to(UUID id, State state);

  /**
   * Searches the vectors of another model from here on, and keeps those of the one before. Turns
   * that have no vector of it wait for one, like new turns.
   */
  void search(UUID conversation, EmbeddingModel model);

  /** Removes the vectors that are not searched. */
  void drop(UUID conversation);

  /** The vectors that are searched, and those that are not. */
  Sides sides(UUID conversation);

  /** Both sets of vectors. */
  record Sides(List<PackedVectors.Entry> searched, List<PackedVectors.Entry> spare) {}
}
