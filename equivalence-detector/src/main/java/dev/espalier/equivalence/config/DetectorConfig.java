package dev.espalier.equivalence.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What an operator can set. */
@ConfigMapping(prefix = "espalier.equivalence")
public interface DetectorConfig {

  /** The sentence encoder. */
  Encoder encoder();

  /** The language model that judges undecided pairs when a request asks for it. */
  Judge judge();

  /** The sentence encoder. */
  interface Encoder {

    /** Whether the encoder is loaded; without it, the model that needs none decides. */
    @WithDefault("true")
    boolean enabled();
  }

  /** An OpenAI-compatible endpoint; never taken from a request. */
  interface Judge {

    /** Whether requests may ask for the judge. */
    @WithDefault("false")
    boolean enabled();

    /**
     * The endpoint of chat completions, such as {@code https://llm.example/v1/chat/completions}.
     */
    Optional<URI> url();

    /** The key that is sent as bearer token. */
    Optional<String> apiKey();

    /** The model to ask. */
    @WithDefault("default")
    String model();

    /** Whether it is told whose request it works for; for an endpoint that is yours. */
    @WithDefault("false")
    boolean forwardsTenant();

    /** How long to wait for the head of an answer; the whole call ends after 30 seconds. */
    @WithDefault("20s")
    Duration timeout();

    /** How many pairs are asked about in one call; the rest stays undecided. */
    @WithDefault("50")
    int maxPairs();
  }
}
