package dev.espalier.memory.core;

import java.util.List;

/**
 * Turns text into unit vectors. Safe for use by several threads. One that runs elsewhere throws
 * {@link ModelUnavailableException}.
 */
public interface Embedder {

  EmbeddingModel model();

  /** The vector of a turn's {@link NewTurn#indexedText()}. */
  float[] embedPassage(String text);

  /** The vectors of several, in their order. */
  default List<float[]> embedPassages(List<String> texts) {
    return texts.stream().map(this::embedPassage).toList();
  }

  /** Whether its answers come over a network, and may take long. */
  default boolean isRemote() {
    return false;
  }

  /** The vector of a question. */
  float[] embedQuery(String text);
}
