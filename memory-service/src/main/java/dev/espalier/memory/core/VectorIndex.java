package dev.espalier.memory.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds turns by the similarity of their embeddings. Called inside a unit of work. */
public interface VectorIndex {

  /**
   * The turns nearest to the query, exact within the conversation.
   *
   * @param query a unit vector of the embedder's dimension
   * @param allowed the turns that may be returned; null allows all
   * @return at most {@code limit} turns by falling cosine similarity, ties by falling sequence
   */
  List<Ranked> nearest(UUID conversation, float[] query, int limit, @Nullable SeqSet allowed);

  /** The conversation is gone: forget what is kept of it outside the database. */
  void evict(UUID conversation);
}
