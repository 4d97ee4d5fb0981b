package dev.espalier.gateway.config;

import dev.espalier.gateway.core.llm.ModelDirectory;
import dev.espalier.gateway.core.llm.Price;
import dev.espalier.gateway.upstream.ServiceOptions;
import dev.espalier.gateway.upstream.llm.Load;
import dev.espalier.gateway.upstream.llm.ModelHost;
import dev.espalier.gateway.upstream.llm.Patience;
import dev.espalier.gateway.upstream.llm.UpstreamOptions;
import dev.espalier.protocol.egress.UpstreamUrl;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The configuration of language models as the parts it makes.
 *
 * @param upstreams where they are
 * @param searches those that can be asked for as models, without their problem
 */
public record ParsedModels(List<UpstreamOptions> upstreams, Map<String, JsonObject> searches) {

  private static final String PREFIX = "espalier.gateway.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  public ParsedModels {
    upstreams = List.copyOf(upstreams);
    searches = Map.copyOf(searches);
  }

  /**
   * @throws ConfigurationException that names the key at fault
   */
  public static ParsedModels of(ModelsConfig config) {
    List<UpstreamOptions> upstreams = new ArrayList<>();
    new TreeMap<>(config.llm().upstreams())
        .forEach(
            (name, upstream) ->
                upstreams.add(
                    naming("llm.upstreams." + name + ".", () -> upstream(name, upstream))));
    naming(
        "llm.upstreams.",
        () -> new ModelDirectory(upstreams.stream().map(UpstreamOptions::entry).toList()));
    Map<String, JsonObject> searches = new TreeMap<>();
    config
        .searches()
        .forEach(
            (name, text) ->
                searches.put(name, naming("searches." + name + ": ", () -> search(name, text))));
    checkMemory(config.memory());
    return new ParsedModels(upstreams, searches);
  }

  private static UpstreamOptions upstream(String name, ModelsConfig.Upstream config) {
    checkName(name);
    ModelHost host =
        new ModelHost(
            name, UpstreamUrl.parse(config.url()), config.apiKey(), config.allowPrivateAddresses());
    host.url().check(name, config.allowPrivateAddresses());
    return new UpstreamOptions(
        host,
        new ModelDirectory.Entry(
            name, config.models(), config.priority(), config.fallback().orElse(null)),
        new Price(config.pricePrompt(), config.priceCompletion()),
        new Patience(
            config.connectTimeout(),
            config.firstByteTimeout(),
            config.idleTimeout(),
            config.totalTimeout()),
        new Load(
            config.maxConcurrency(),
            config.maxWaiting(),
            config.maxAttempts(),
            config.maxRetryAfter(),
            (int) Math.min(Integer.MAX_VALUE, config.maxBodySize().asLongValue()),
            new ServiceOptions.Breaker(
                config.breaker().requests(),
                config.breaker().failureRatio(),
                config.breaker().delay())),
        config.maxCompletionTokens(),
        config.supportsStreamUsage());
  }

  private static JsonObject search(String name, String text) {
    checkName(name);
    try {
      JsonObject search = new JsonObject(text);
      if (!(search.getValue("proposer") instanceof JsonObject) || search.containsKey("problem")) {
        throw new IllegalArgumentException("must have a proposer and no problem");
      }
      return search;
    } catch (DecodeException e) {
      throw new IllegalArgumentException("is no JSON object", e);
    }
  }

  private static void checkMemory(ModelsConfig.Memory memory) {
    if (memory.budgetTokens() < 256 || memory.budgetTokens() > 1_000_000) {
      throw new ConfigurationException(PREFIX + "memory.budget-tokens: must be 256-1000000");
    }
    if (memory.timeout().isNegative() || memory.timeout().isZero()) {
      throw new ConfigurationException(PREFIX + "memory.timeout: must be positive");
    }
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name: must be letters, digits, dots and dashes");
    }
  }

  private static <T> T naming(String key, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(PREFIX + key + e.getMessage(), e);
    }
  }
}
