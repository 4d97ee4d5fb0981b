package dev.espalier.memory.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question's vector by each model that is asked for it; each is made once. Of one thread. */
final class QueryVectors {

  private static final String UNAVAILABLE = "embedding_unavailable";
  private static final String UNKNOWN = "model_not_configured";

  private final String text;
  private final Embedders embedders;
  private final Map<EmbeddingModel, Optional<float[]>> made = new HashMap<>();
  private @Nullable String failure;

  private QueryVectors(String text, Embedders embedders) {
    this.text = text;
    this.embedders = embedders;
  }

  /**
   * With the vector that most conversations need: made before a unit of work holds a connection.
   */
  static QueryVectors of(String text, Embedders embedders) {
    QueryVectors vectors = new QueryVectors(text, embedders);
    vectors.by(embedders.first().model());
    vectors.failure = null;
    return vectors;
  }

  /** The vector, or empty when the model cannot be asked. */
  Optional<float[]> by(EmbeddingModel model) {
    Optional<float[]> vector = made.computeIfAbsent(model, this::make);
    if (vector.isEmpty()) {
      failure = embedders.of(model).isPresent() ? UNAVAILABLE : UNKNOWN;
    }
    return vector;
  }

  /** Why a vector that was asked for is missing, or null. */
  @Nullable String failure() {
    return failure;
  }

  private Optional<float[]> make(EmbeddingModel model) {
    try {
      return embedders.of(model).map(embedder -> embedder.embedQuery(text));
    } catch (ModelUnavailableException e) {
      return Optional.empty();
    }
  }
}
