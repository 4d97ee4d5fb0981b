package dev.espalier.search.config;

import dev.espalier.protocol.egress.UpstreamUrl;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.upstream.DetectorOptions;
import dev.espalier.search.upstream.UpstreamOptions;
import dev.espalier.search.upstream.detector.DetectorGrouper.Judge;
import dev.espalier.search.upstream.http.ApiKey;
import dev.espalier.search.upstream.http.Load;
import dev.espalier.search.upstream.http.Patience;
import dev.espalier.search.upstream.http.Target;
import dev.espalier.search.upstream.model.Dialect;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The configuration as the parts it makes.
 *
 * @param detector absent where none is configured
 */
public record ParsedUpstreams(List<UpstreamOptions> upstreams, Optional<DetectorOptions> detector) {

  private static final String PREFIX = "espalier.search.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Duration DETECTOR_CONNECT = Duration.ofSeconds(1);
  private static final int DETECTOR_BODY_BYTES = 16 << 20;

  public ParsedUpstreams {
    upstreams = List.copyOf(upstreams);
  }

  /**
   * @throws ConfigurationException that names the key at fault
   */
  public static ParsedUpstreams of(UpstreamsConfig config) {
    List<UpstreamOptions> upstreams = new ArrayList<>();
    new TreeMap<>(config.upstreams())
        .forEach(
            (name, upstream) ->
                upstreams.add(naming("upstreams." + name + ".", () -> upstream(name, upstream))));
    Optional<DetectorOptions> detector =
        config
            .detector()
            .url()
            .map(url -> naming("detector.", () -> detector(url, config.detector())));
    return new ParsedUpstreams(upstreams, detector);
  }

  private static UpstreamOptions upstream(String name, UpstreamsConfig.Upstream config) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name: must be letters, digits, dots and dashes");
    }
    Target target =
        new Target(
            name,
            UpstreamUrl.parse(config.url()),
            config.apiKey().map(ApiKey::new),
            config.allowPrivateAddresses(),
            config.forwardsTenant());
    target.url().check(name, config.allowPrivateAddresses());
    Set<String> models = new LinkedHashSet<>();
    config.defaultModel().ifPresent(models::add);
    models.addAll(config.models().orElse(List.of()));
    return new UpstreamOptions(
        target,
        config.form(),
        List.copyOf(models),
        price(config.pricePrompt(), config.priceCompletion()),
        new Patience(
            config.connectTimeout(), config.timeout(), config.idleTimeout(), config.totalTimeout()),
        new Load(
            config.maxConcurrency(),
            config.maxAttempts(),
            Math.toIntExact(Math.min(Integer.MAX_VALUE, config.maxBodySize().asLongValue())),
            breaker(config.breaker())),
        new Dialect(
            config.supportsN(),
            config.supportsLogprobs(),
            config.supportsJsonSchema(),
            config.stopsAtParagraph(),
            config.continuesAssistant(),
            config.maxTokensField(),
            config.template().orElse(null),
            config.stepTag(),
            config.givesLogits()));
  }

  private static DetectorOptions detector(String url, UpstreamsConfig.Detector config) {
    Target target =
        new Target(
            "equivalence-detector",
            UpstreamUrl.parse(url),
            Optional.empty(),
            config.allowPrivateAddresses(),
            /* forwardsTenant= */ true);
    target.url().check(target.name(), config.allowPrivateAddresses());
    UpstreamsConfig.Judge judge = config.judge();
    Duration timeout = config.timeout();
    return new DetectorOptions(
        target,
        new Patience(DETECTOR_CONNECT, timeout, timeout, timeout),
        new Load(config.maxConcurrency(), 1, DETECTOR_BODY_BYTES, breaker(config.breaker())),
        new Judge(
            judge.enabled(),
            naming(
                "detector.judge.",
                () -> new Usage(judge.maxPromptTokens(), judge.maxCompletionTokens(), true)),
            price(judge.pricePrompt(), judge.priceCompletion())));
  }

  private static Price price(double prompt, double completion) {
    if (!(prompt >= 0 && completion >= 0)) {
      throw new IllegalArgumentException("price-prompt, price-completion: must not be negative");
    }
    return new Price(prompt, completion);
  }

  private static Load.Breaker breaker(UpstreamsConfig.Breaker config) {
    return new Load.Breaker(config.requests(), config.failureRatio(), config.delay());
  }

  private static <T> T naming(String key, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(PREFIX + key + e.getMessage(), e);
    }
  }
}
