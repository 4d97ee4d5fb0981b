package dev.espalier.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.llm.Price;
import dev.espalier.gateway.upstream.llm.UpstreamOptions;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedModelsTest {

  private static final String UPSTREAM = "espalier.gateway.llm.upstreams.local.";
  private static final Map<String, String> SOUND =
      Map.of(
          UPSTREAM + "url", "http://127.0.0.1:11434/v1/",
          UPSTREAM + "allow-private-addresses", "true");

  @Test
  void needsNothing() {
    assertEquals(List.of(), parse(Map.of(), Map.of()).upstreams());
  }

  @Test
  void hasDefaultsForWhatIsNotSet() {
    UpstreamOptions local = parse(SOUND, Map.of()).upstreams().get(0);

    assertEquals("http://127.0.0.1:11434/v1", local.host().url().uri().toString());
    assertEquals(List.of("*"), local.entry().models());
    assertEquals(100, local.entry().priority());
    assertEquals(Price.FREE, local.price());
    assertEquals(Duration.ofSeconds(60), local.patience().firstByte());
    assertEquals(64, local.load().maxConcurrency());
    assertEquals(2, local.load().maxAttempts());
  }

  @Test
  void readsAnUpstreamFromTheEnvironment() {
    String prefix = "ESPALIER_GATEWAY_LLM_UPSTREAMS_LOCAL_";
    Map<String, String> environment =
        Map.of(
            prefix + "URL", "http://127.0.0.1:11434/v1",
            prefix + "API_KEY", "top-secret",
            prefix + "MODELS", "one,two",
            prefix + "PRICE_PROMPT", "0.5",
            prefix + "BREAKER_REQUESTS", "7",
            prefix + "ALLOW_PRIVATE_ADDRESSES", "true");

    UpstreamOptions local = parse(Map.of(), environment).upstreams().get(0);

    assertEquals("local", local.host().name());
    assertEquals("top-secret", local.host().apiKey().orElseThrow());
    assertEquals(List.of("one", "two"), local.entry().models());
    assertEquals(7, local.load().breaker().requests());
    assertFalse(local.toString().contains("top-secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "llm.upstreams.local.url; ftp://x/v1",
        "llm.upstreams.local.url; http://user:secret@x/v1",
        "llm.upstreams.local.url; http://x/v1?key=secret",
        "llm.upstreams.local.url; http://169.254.169.254/latest",
        "llm.upstreams.local.url; http://[::ffff:169.254.169.254]/",
        "llm.upstreams.local.allow-private-addresses; false",
        "llm.upstreams.local.api-key; two words",
        "llm.upstreams.local.price-prompt; -1",
        "llm.upstreams.local.fallback; nobody",
        "llm.upstreams.local.connect-timeout; 0S",
        "llm.upstreams.local.total-timeout; 1S",
        "llm.upstreams.local.max-concurrency; 0",
        "llm.upstreams.local.max-waiting; 0",
        "llm.upstreams.local.max-attempts; 99",
        "llm.upstreams.local.max-completion-tokens; 0",
        "llm.upstreams.local.breaker.failure-ratio; 2",
        "memory.budget-tokens; 1",
        "memory.timeout; 0S",
        "searches.mine; no JSON",
        "searches.mine; {}",
        "searches.mine; {\"proposer\": {}, \"problem\": \"x\"}"
      })
  void namesTheKeyAtFault(String key, String value) {
    Map<String, String> wrong = new HashMap<>(SOUND);
    wrong.put("espalier.gateway." + key, value);

    RuntimeException failed = assertThrows(RuntimeException.class, () -> parse(wrong, Map.of()));

    String expected =
        key.endsWith("allow-private-addresses") ? "espalier.gateway.llm.upstreams.local.url" : key;
    assertTrue(failed.getMessage().contains(expected), failed.getMessage());
    assertFalse(failed.getMessage().contains("secret"), failed.getMessage());
    assertFalse(failed.getMessage().contains("two words"), failed.getMessage());
  }

  private static ParsedModels parse(Map<String, String> properties, Map<String, String> env) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .withSources(new EnvConfigSource(env, 300))
            .withMapping(ModelsConfig.class)
            .build();
    return ParsedModels.of(config.getConfigMapping(ModelsConfig.class));
  }
}
