package dev.espalier.memory.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code espalier.memory.*}. */
@ConfigMapping(prefix = "espalier.memory")
public interface MemoryConfig {

  Vectors vectors();

  Lexical lexical();

  Embedding embedding();

  Summary summary();

  /** How vectors are searched. */
  interface Vectors {

    @WithDefault("in-process")
    VectorMode mode();

    /** Memory for the vectors that in-process search keeps, over all conversations. */
    @WithDefault("128M")
    MemorySize cacheSize();
  }

  /** How words are searched. */
  interface Lexical {

    /** Memory for the postings that were asked for, over all conversations. */
    @WithDefault("32M")
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

  /** The compact memory. A change counts for segments that are not summarised yet. */
  interface Summary {

    /** A segment is closed when it has so many turns. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int segmentTurns();

    /** A segment is closed before a turn that was said so much later. */
    @WithDefault("6h")
    Duration sessionGap();

    /** A segment is closed before it would hold more tokens. */
    @WithDefault("8000")
    @Min(100)
    int segmentTokens();

    /** The most that a headline takes, in o200k tokens. */
    @WithDefault("60")
    @Min(10)
    int headlineTokens();

    /** The most that a body takes, in o200k tokens. */
    @WithDefault("400")
    @Min(10)
    int bodyTokens();
  }

  /** Where vectors are searched. */
  enum VectorMode {
    /** In this process, from memory. */
    IN_PROCESS,
    /** In PostgreSQL, which must have the extension. */
    PGVECTOR
  }
}
