package dev.espalier.search.upstream;

import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.upstream.http.Load;
import dev.espalier.search.upstream.http.Patience;
import dev.espalier.search.upstream.http.Target;
import dev.espalier.search.upstream.model.Dialect;
import java.util.List;

/**
 * An upstream as the operator configured it.
 *
 * @param models that searches may name, the default one first
 */
public record UpstreamOptions(
    Target target,
    UpstreamForm form,
    List<String> models,
    Price price,
    Patience patience,
    Load load,
    Dialect dialect) {

  public UpstreamOptions {
    models = List.copyOf(models);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("default-model: is missing, and so is models");
    }
  }

  public String name() {
    return target.name();
  }

  String defaultModel() {
    return models.get(0);
  }
}
