package dev.espalier.kg.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code espalier.kg.*}. */
@ConfigMapping(prefix = "espalier.kg")
public interface KgConfig {

  Uploads uploads();

  /** How triples come in. */
  interface Uploads {

    /** How many uploads are read at once; each holds a database connection. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int concurrent();
  }
}
