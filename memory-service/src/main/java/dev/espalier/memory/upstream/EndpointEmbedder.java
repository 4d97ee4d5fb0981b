package dev.espalier.memory.upstream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.EmbeddingModel;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A model behind an OpenAI-compatible {@code /v1/embeddings}. */
public final class EndpointEmbedder implements Embedder {

  private static final String PREFIX = "espalier.memory.embedding.endpoint.";
  private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;

  private final ObjectMapper json = new ObjectMapper();
  private final EmbeddingModel model;
  private final ModelEndpoint endpoint;

  /**
   * @throws IllegalStateException when a property that is needed is missing
   */
  public EndpointEmbedder(MemoryConfig.Endpoint config) {
    URI url =
        PermittedAddress.parsed(
            config.url().orElseThrow(() -> new IllegalStateException(PREFIX + "url is missing")),
            PREFIX + "url");
    int dimensions =
        config
            .dimensions()
            .orElseThrow(() -> new IllegalStateException(PREFIX + "dimensions is missing"));
    String name =
        config.model().orElseThrow(() -> new IllegalStateException(PREFIX + "model is missing"));
    model =
        new EmbeddingModel(
            name,
            config.revision(),
            "endpoint",
            config.passagePrefix().orElse(""),
            config.queryPrefix().orElse(""),
            dimensions);
    endpoint =
        new ModelEndpoint(
            url,
            config.apiKey(),
            config.timeout(),
            MAX_REPLY_BYTES,
            new PermittedAddress(config.allowPrivateAddresses()));
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public float[] embedPassage(String text) {
    return embedPassages(List.of(text)).get(0);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    return embed(texts.stream().map(text -> model.passagePrefix() + text).toList());
  }

  @Override
  public float[] embedQuery(String text) {
    return embed(List.of(model.queryPrefix() + text)).get(0);
  }

  private List<float[]> embed(List<String> texts) {
    ObjectNode body = json.createObjectNode();
    body.put("model", model.name());
    body.put("encoding_format", "float");
    ArrayNode input = body.putArray("input");
    texts.forEach(input::add);
    return EmbeddingReply.read(
        json, endpoint.post(body.toString(), Optional.empty()), texts.size(), model.dimensions());
  }
}
