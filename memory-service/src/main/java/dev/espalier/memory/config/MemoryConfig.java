package dev.espalier.memory.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code espalier.memory.*}. */
@ConfigMapping(prefix = "espalier.memory")
public interface MemoryConfig {

  Vectors vectors();

  Embedding embedding();

  /** How vectors are searched. */
  interface Vectors {

    @WithDefault("in-process")
    VectorMode mode();

    /** Memory for the vectors that in-process search keeps, over all conversations. */
    @WithDefault("128M")
    MemorySize cacheSize();
  }

  /** How turns get their vectors. */
  interface Embedding {

    /**
     * Worker threads; each takes one core while turns wait. 0 leaves the work to other replicas.
     */
    @WithDefault("1")
    @Min(0)
    @Max(64)
    int workers();
  }

  /** Where vectors are searched. */
  enum VectorMode {
    /** In this process, from memory. */
    IN_PROCESS,
    /** In PostgreSQL, which must have the extension. */
    PGVECTOR
  }
}
