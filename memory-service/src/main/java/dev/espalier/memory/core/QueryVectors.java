package dev.espalier.memory.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A question's vector by each model that is asked for it; each is made once. Of one thread. */
final class QueryVectors {

  private static final String UNAVAILABLE = "embedding_unavailable";
  private static final String UNKNOWN = "model_not_configured";

  private final String text;
  private final Embedders embedders;
  private final Map<EmbeddingModel, Optional<float[]>> made = new HashMap<>();
  private final CompletableFuture<Optional<float[]>> first;
  private @Nullable String failure;

  private QueryVectors(String text, Embedders embedders, Executor beside) {
    this.text = text;
    this.embedders = embedders;
    this.first =
        CompletableFuture.supplyAsync(() -> make(text, Optional.of(embedders.first())), beside);
  }

  /**
   * Begins the vector that most conversations need. One that is made here comes beside the search
   * for words; one that a network brings is there when this returns, so that no unit of work holds
   * a connection meanwhile.
   */
  static QueryVectors of(String text, Embedders embedders, Executor beside) {
    QueryVectors vectors = new QueryVectors(text, embedders, beside);
    if (embedders.first().isRemote()) {
      vectors.first();
    }
    return vectors;
  }

  /** The vector, or empty when the model cannot be asked. */
  Optional<float[]> by(EmbeddingModel model) {
    Optional<float[]> vector =
        model.equals(embedders.first().model())
            ? first()
            : made.computeIfAbsent(model, other -> make(text, embedders.of(other)));
    if (vector.isEmpty()) {
      failure = embedders.of(model).isPresent() ? UNAVAILABLE : UNKNOWN;
    }
    return vector;
  }

  /** Why a vector that was asked for is missing, or null. */
  @Nullable String failure() {
    return failure;
  }

  private Optional<float[]> first() {
    try {
      return first.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static Optional<float[]> make(String text, Optional<Embedder> asked) {
    try {
      return asked.map(embedder -> embedder.embedQuery(text));
    } catch (ModelUnavailableException e) {
      return Optional.empty();
    }
  }
}
