package dev.espalier.memory.embed;

import dev.espalier.encoder.SentenceEncoder;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.EmbeddingModel;

/**
 * e5-small-v2 (Wang et al., arXiv 2212.03533), int8, from the class path. Its prefix says whether a
 * text asks or answers.
 */
public final class E5Embedder implements Embedder, AutoCloseable {

  private static final int DIMENSIONS = 384;
  private static final int MAX_TOKENS = 512;

  private final SentenceEncoder encoder =
      SentenceEncoder.load("e5-small-v2-q.onnx", "e5-small-v2-q-tokenizer.json", MAX_TOKENS);
  private final EmbeddingModel model =
      new EmbeddingModel(
          "e5-small-v2", encoder.modelHash(), "int8", "passage: ", "query: ", DIMENSIONS);

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public float[] embedPassage(String text) {
    return encoder.encode(model.passagePrefix() + text);
  }

  @Override
  public float[] embedQuery(String text) {
    return encoder.encode(model.queryPrefix() + text);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
