package dev.espalier.memory.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code espalier.memory.*}. */
@ConfigMapping(prefix = "espalier.memory")
public interface MemoryConfig {

  Vectors vectors();

  Lexical lexical();

  Embedding embedding();

  Summary summary();

  Events events();

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

    /** Which model embeds new conversations. */
    @WithDefault("in-process")
    ModelPlace model();

    /** Another model that conversations may have, or be moved to. */
    @WithDefault("none")
    SecondModel second();

    /** The OpenAI-compatible endpoint, where one of the models is {@code endpoint}. */
    Endpoint endpoint();
  }

  /** Where an embedding model runs. */
  enum ModelPlace {
    IN_PROCESS,
    ENDPOINT
  }

  /** Whether there is a second embedding model, and where it runs. */
  enum SecondModel {
    NONE,
    IN_PROCESS,
    ENDPOINT
  }

  /** An OpenAI-compatible embedding endpoint; never taken from a request. */
  interface Endpoint {

    /** Its address, such as {@code https://models.example/v1/embeddings}. */
    Optional<URI> url();

    /** The key that is sent as bearer token. */
    Optional<String> apiKey();

    /** The model's name there. */
    Optional<String> model();

    /** Tells apart models of one name; change it when the endpoint changes what is behind it. */
    @WithDefault("1")
    String revision();

    /** How many values a vector has. */
    Optional<@Min(1) @Max(4096) Integer> dimensions();

    /** What is put before a turn. */
    Optional<String> passagePrefix();

    /** What is put before a question. */
    Optional<String> queryPrefix();

    /** How long a call may take. */
    @WithDefault("10s")
    Duration timeout();

    /** Whether the address may be a private one. */
    @WithDefault("false")
    boolean allowPrivateAddresses();
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

    /** The model that summarises in its own words, where there is one. */
    Chat chat();
  }

  /** An OpenAI-compatible chat endpoint; never taken from a request. */
  interface Chat {

    /** Its address, such as {@code https://models.example/v1/chat/completions}; none without it. */
    Optional<URI> url();

    /** The key that is sent as bearer token. */
    Optional<String> apiKey();

    /** The model's name there. */
    @WithDefault("default")
    String model();

    /** How long a call may take. */
    @WithDefault("60s")
    Duration timeout();

    /** Whether it is told whose conversation it works for; for an endpoint that is yours. */
    @WithDefault("false")
    boolean forwardsTenant();

    /** How long after an append its conversation is looked at. */
    @WithDefault("30s")
    Duration delay();

    /** Whether the address may be a private one. */
    @WithDefault("false")
    boolean allowPrivateAddresses();
  }

  /** How conversations are followed. */
  interface Events {

    /** How often to look for what other replicas did. */
    @WithDefault("500ms")
    Duration poll();

    /** How long a follower may hear nothing; keeps proxies from cutting the connection. */
    @WithDefault("15s")
    Duration pulse();

    /** How many may follow at once. */
    @WithDefault("1000")
    @Min(1)
    int maxFollowers();
  }

  /** Where vectors are searched. */
  enum VectorMode {
    /** In this process, from memory. */
    IN_PROCESS,
    /** In PostgreSQL, which must have the extension. */
    PGVECTOR
  }
}
