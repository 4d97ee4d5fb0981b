package dev.espalier.search.config;

import dev.espalier.search.upstream.UpstreamForm;
import dev.espalier.search.upstream.model.Continuation;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator can set about whom searches ask. None of it ever comes from a request. */
@ConfigMapping(prefix = "espalier.search")
public interface UpstreamsConfig {

  /** Models and scorers, by the name under which searches ask for them. */
  Map<String, Upstream> upstreams();

  /** The equivalence detector. */
  Detector detector();

  /** Recorded proposals. */
  Recording recording();

  /** One upstream. */
  interface Upstream {

    /** The base that {@code /chat/completions} or the like is appended to. */
    String url();

    /** Sent as bearer token. */
    Optional<String> apiKey();

    /** What it speaks: chat, completions, prm or score. */
    @WithDefault("chat")
    UpstreamForm form();

    /** The models that searches may name. */
    Optional<List<String>> models();

    /** The model of searches that name none; the first of models where it is missing. */
    Optional<String> defaultModel();

    /** What a million prompt tokens cost. */
    @WithDefault("0")
    double pricePrompt();

    /** What a million completion tokens cost. */
    @WithDefault("0")
    double priceCompletion();

    /** How long a connection may take. */
    @WithDefault("5S")
    Duration connectTimeout();

    /** How long the head of the answer may take. */
    @WithDefault("60S")
    Duration timeout();

    /** How long it may be silent in the middle of an answer. */
    @WithDefault("20S")
    Duration idleTimeout();

    /** How long a request may take in all. */
    @WithDefault("2M")
    Duration totalTimeout();

    /** Requests in flight. */
    @WithDefault("16")
    int maxConcurrency();

    /** Requests for one call, retries included. */
    @WithDefault("3")
    int maxAttempts();

    /** The largest answer. */
    @WithDefault("4M")
    MemorySize maxBodySize();

    /** When to stop asking. */
    Breaker breaker();

    /** Whether one request may ask for several samples. */
    @WithDefault("true")
    boolean supportsN();

    /** Whether requests ask for log-probabilities. */
    @WithDefault("true")
    boolean supportsLogprobs();

    /** Whether a scorer's request may prescribe the form of the answer. */
    @WithDefault("false")
    boolean supportsJsonSchema();

    /** Whether requests name the empty line as stop; false for models that think aloud first. */
    @WithDefault("true")
    boolean stopsAtParagraph();

    /** How a chat model goes on after the steps so far: none, trailing or flagged. */
    @WithDefault("none")
    Continuation continuesAssistant();

    /** {@code max_tokens} or {@code max_completion_tokens}. */
    @WithDefault("max_tokens")
    String maxTokensField();

    /** Of raw prompts, with {@code {problem}} and {@code {steps}}. */
    Optional<String> template();

    /** What a reward model expects after every step. */
    @WithDefault("<extra_0>")
    String stepTag();

    /** Whether scores are logits and not yet 0-1. */
    @WithDefault("false")
    boolean givesLogits();

    /** Whether it may be on loopback or in a private network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Whether it is told the tenant, the request id and the time left: only what is ours. */
    @WithDefault("false")
    boolean forwardsTenant();
  }

  /** When an upstream counts as broken. */
  interface Breaker {

    /** Over how many requests the failures are counted. */
    @WithDefault("20")
    int requests();

    /** The share of failures that opens it. */
    @WithDefault("0.5")
    double failureRatio();

    /** How long it stays open before one request tries again. */
    @WithDefault("5S")
    Duration delay();
  }

  /** The equivalence detector. */
  interface Detector {

    /** Its base address; without one, equivalent steps are found by their text only. */
    Optional<String> url();

    /** How long a grouping may take. */
    @WithDefault("3S")
    Duration timeout();

    /** Groupings in flight. */
    @WithDefault("16")
    int maxConcurrency();

    /** When to stop asking. */
    Breaker breaker();

    /** Whether it may be on loopback or in a private network. */
    @WithDefault("true")
    boolean allowPrivateAddresses();

    /** The language model that it may ask. */
    Judge judge();
  }

  /** The detector's language model. */
  interface Judge {

    /** Whether undecided pairs are put to it. */
    @WithDefault("false")
    boolean enabled();

    /** Prompt tokens that one grouping may cost. */
    @WithDefault("8000")
    int maxPromptTokens();

    /** Completion tokens that one grouping may cost. */
    @WithDefault("500")
    int maxCompletionTokens();

    /** What a million prompt tokens cost. */
    @WithDefault("0")
    double pricePrompt();

    /** What a million completion tokens cost. */
    @WithDefault("0")
    double priceCompletion();
  }

  /** Recorded proposals. */
  interface Recording {

    /** The file that the proposer "recorded" answers from. */
    Optional<Path> replay();

    /** The file that the answers of models are appended to. */
    Optional<Path> record();
  }
}
