package dev.espalier.memory.core;

import java.util.List;
import java.util.Optional;

/**
 * The embedding models that can be asked.
 *
 * @param first embeds new conversations
 * @param others those that conversations may have besides
 */
public record Embedders(Embedder first, List<Embedder> others) {

  public Embedders {
    others = List.copyOf(others);
  }

  public Optional<Embedder> of(EmbeddingModel model) {
    return first.model().equals(model)
        ? Optional.of(first)
        : others.stream().filter(other -> other.model().equals(model)).findFirst();
  }

  /** The model that a conversation with this one can be moved to. */
  public Optional<Embedder> besides(EmbeddingModel model) {
    return first.model().equals(model) ? others.stream().findFirst() : Optional.of(first);
  }
}
