package dev.espalier.memory.core;

/** Turns text into unit vectors. Safe for use by several threads. */
public interface Embedder {

  EmbeddingModel model();

  /** The vector of a turn's {@link NewTurn#indexedText()}. */
  float[] embedPassage(String text);

  /** The vector of a question. */
  float[] embedQuery(String text);
}
