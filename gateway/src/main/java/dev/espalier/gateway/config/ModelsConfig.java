package dev.espalier.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What an operator can set about language models. None of it ever comes from a request. */
@ConfigMapping(prefix = "espalier.gateway")
public interface ModelsConfig {

  /** Language models. */
  Llm llm();

  /** Searches that can be asked for as models, by name: a search without its problem, as JSON. */
  Map<String, String> searches();

  /** Memory of chats. */
  Memory memory();

  /** Language models. */
  interface Llm {

    /** Where they are, by a name of your choice. */
    Map<String, Upstream> upstreams();

    /** The largest request to a model. */
    @WithDefault("4M")
    MemorySize maxRequestSize();
  }

  /** One upstream. */
  interface Upstream {

    /** The base that {@code /chat/completions} or the like is appended to. */
    String url();

    /** Sent as bearer token. */
    Optional<String> apiKey();

    /** The models that it has; * takes any name that nobody lists. */
    @WithDefault("*")
    List<String> models();

    /** What a million prompt tokens cost. */
    @WithDefault("0")
    double pricePrompt();

    /** What a million completion tokens cost. */
    @WithDefault("0")
    double priceCompletion();

    /** Of several that have a model the one with the lowest number is asked. */
    @WithDefault("100")
    int priority();

    /** The upstream that is asked if this one fails; else the next that lists the model. */
    Optional<String> fallback();

    /** How long a connection may take. */
    @WithDefault("5S")
    Duration connectTimeout();

    /** How long the head of the answer may take, or the first event of a stream. */
    @WithDefault("60S")
    Duration firstByteTimeout();

    /** How long it may be silent in the middle of an answer. */
    @WithDefault("30S")
    Duration idleTimeout();

    /** How long an answer may take in all. */
    @WithDefault("10M")
    Duration totalTimeout();

    /** Calls in flight. */
    @WithDefault("64")
    int maxConcurrency();

    /** Calls that wait for one of those to end. */
    @WithDefault("64")
    int maxWaiting();

    /** Requests for one call. */
    @WithDefault("2")
    int maxAttempts();

    /** How long a call waits because the upstream asked for it. */
    @WithDefault("5S")
    Duration maxRetryAfter();

    /** The largest answer, and the largest event of a stream. */
    @WithDefault("4M")
    MemorySize maxBodySize();

    /** Sent as {@code max_tokens} where the client sets no limit. */
    OptionalInt maxCompletionTokens();

    /** Whether it understands {@code stream_options.include_usage}. */
    @WithDefault("true")
    boolean supportsStreamUsage();

    /** Whether it may be on loopback or in a private network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** When to stop asking. */
    GatewayConfig.Breaker breaker();
  }

  /** Memory of chats. */
  interface Memory {

    /** Tokens of what memory adds to a chat. */
    @WithDefault("4000")
    int budgetTokens();

    /** How long a chat waits for its memory. */
    @WithDefault("3S")
    Duration timeout();
  }
}
