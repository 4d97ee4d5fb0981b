package dev.espalier.kg.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.kg.resource.StoredModel;
import dev.espalier.kg.training.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Models on the wire. */
final class ModelBody {

  private ModelBody() {}

  /** A model without its artefact. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgModel")
  record Stored(
      UUID id,
      @Nullable UUID kg,
      @Nullable String name,
      String origin,
      Map<?, ?> config,
      Map<?, ?> metrics,
      Map<?, ?> provenance,
      int relations,
      int parameters,
      long bytes,
      Instant createdAt) {

    static Stored of(StoredModel model, JsonText json) {
      return new Stored(
          model.id(),
          model.kg().orElse(null),
          model.name().orElse(null),
          model.origin(),
          json.read(model.config(), Map.class),
          json.read(model.metrics(), Map.class),
          json.read(model.provenance(), Map.class),
          model.relations(),
          model.parameters(),
          model.bytes(),
          model.createdAt());
    }
  }

  /** A page of models, newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgModelPage")
  record Page(@Schema(maxItems = 200) List<Stored> models, @Nullable String nextCursor) {}
}
