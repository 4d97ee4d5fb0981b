package dev.espalier.memory.ops;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.config.MemoryConfig.ModelPlace;
import dev.espalier.memory.config.MemoryConfig.SecondModel;
import dev.espalier.memory.config.MemoryConfig.VectorMode;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.embed.E5Embedder;
import dev.espalier.memory.upstream.EndpointEmbedder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Makes the embedding models that the configuration names, and loads none besides. */
@ApplicationScoped
class EmbedderProducer {

  /** What the column that pgvector searches holds. */
  private static final int PGVECTOR_DIMENSIONS = 384;

  @Produces
  @Singleton
  Embedders embedders(MemoryConfig config) {
    MemoryConfig.Embedding settings = config.embedding();
    boolean isSecond =
        settings.second() != SecondModel.NONE
            && !settings.second().name().equals(settings.model().name());
    if (!isSecond && settings.second() != SecondModel.NONE) {
      throw new IllegalStateException(
          "espalier.memory.embedding.second names the same model as espalier.memory.embedding.model");
    }
    Embedder first = embedder(settings.model(), settings);
    List<Embedder> others =
        isSecond
            ? List.of(embedder(ModelPlace.valueOf(settings.second().name()), settings))
            : List.of();
    Embedders embedders = new Embedders(first, others);
    if (config.vectors().mode() == VectorMode.PGVECTOR) {
      all(embedders).forEach(EmbedderProducer::requirePgVectorDimensions);
    }
    return embedders;
  }

  void close(@Disposes Embedders embedders) {
    all(embedders)
        .forEach(
            embedder -> {
              if (embedder instanceof E5Embedder loaded) {
                loaded.close();
              }
            });
  }

  private static Stream<Embedder> all(Embedders embedders) {
    return Stream.concat(Stream.of(embedders.first()), embedders.others().stream());
  }

  private static Embedder embedder(ModelPlace place, MemoryConfig.Embedding settings) {
    return switch (place) {
      case IN_PROCESS -> new E5Embedder();
      case ENDPOINT -> new EndpointEmbedder(settings.endpoint());
    };
  }

  private static void requirePgVectorDimensions(Embedder embedder) {
    if (embedder.model().dimensions() != PGVECTOR_DIMENSIONS) {
      throw new IllegalStateException(
          "espalier.memory.vectors.mode is pgvector, which searches vectors of "
              + PGVECTOR_DIMENSIONS
              + " dimensions; espalier.memory.embedding.endpoint.dimensions is "
              + embedder.model().dimensions()
              + ": use the mode in-process");
    }
  }
}
