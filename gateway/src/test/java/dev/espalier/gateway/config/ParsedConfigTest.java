package dev.espalier.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.upstream.ServiceOptions;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedConfigTest {

  private static final String SHA256_OF_KEY =
      "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";

  private static final Map<String, String> SOUND =
      Map.of(
          "espalier.gateway.keys.local.sha256", SHA256_OF_KEY,
          "espalier.gateway.keys.local.tenant", "local",
          "espalier.gateway.services.memory.url", "http://127.0.0.1:8083",
          "espalier.gateway.services.memory.paths", "/v1/conversations",
          "espalier.gateway.services.equivalence.paths", "/v1/equivalence");

  @Test
  void hasDefaultsForWhatIsNotSet() {
    ServiceOptions memory = parse(SOUND, Map.of()).services().get(0);

    assertEquals("memory", memory.name());
    assertEquals(8083, memory.port());
    assertEquals(Duration.ofSeconds(30), memory.timeout());
    assertEquals(Duration.ofSeconds(1), memory.connectTimeout());
    assertEquals(Duration.ofMinutes(5), memory.idleTimeout());
    assertEquals(64, memory.places());
    assertEquals(256, memory.maxWaiting());
    assertEquals(512, memory.maxConnections());
    assertEquals(new ServiceOptions.Breaker(20, 0.5, Duration.ofSeconds(5)), memory.breaker());
  }

  @Test
  void readsKeysAndAddressesFromTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "ESPALIER_GATEWAY_KEYS_LOCAL_SHA256", SHA256_OF_KEY,
            "ESPALIER_GATEWAY_KEYS_LOCAL_TENANT", "acme",
            "ESPALIER_GATEWAY_SERVICES_MEMORY_URL", "http://memory:9000");
    Map<String, String> packaged =
        Map.of("espalier.gateway.services.memory.paths", "/v1/conversations");

    ParsedConfig parsed = parse(packaged, environment);

    assertEquals(Optional.of("acme"), parsed.keys().callerOf("key").map(Caller::tenant));
    assertEquals("memory", parsed.services().get(0).host());
  }

  @Test
  void failsWithoutAKey() {
    Map<String, String> keyless = Map.of("espalier.gateway.services.memory.paths", "/v1/a");

    RuntimeException failed = assertThrows(RuntimeException.class, () -> parse(keyless, Map.of()));

    assertTrue(failed.getMessage().contains("espalier.gateway.keys"), failed.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "keys.local.sha256, abc",
    "keys.local.tenant, a/b",
    "services.memory.url, ftp://x",
    "services.memory.url, http://x/path",
    "services.memory.url, http://user@x",
    "services.memory.url, 127.0.0.1:8083",
    "services.memory.timeout, 0S",
    "services.memory.idle-timeout, 1S",
    "services.memory.max-waiting, 0",
    "services.memory.max-connections, 1",
    "services.memory.places, 0",
    "services.memory.scope, everything",
    "keys.local.scopes, everything",
    "keys.local.tokens-per-minute, 0",
    "access.max-staleness, 0S",
    "spending.usage-queue, 0",
    "services.memory.breaker.failure-ratio, 2",
    "services.memory.breaker.requests, many",
    "max-body-size, 0",
    "nonsense, 1"
  })
  void namesTheKeyAtFault(String key, String value) {
    Map<String, String> wrong = new HashMap<>(SOUND);
    wrong.put("espalier.gateway." + key, value);

    RuntimeException failed = assertThrows(RuntimeException.class, () -> parse(wrong, Map.of()));

    assertTrue(failed.getMessage().contains("espalier.gateway." + key), failed.getMessage());
  }

  @Test
  void failsWhenTwoServicesClaimOnePath() {
    Map<String, String> wrong = new HashMap<>(SOUND);
    wrong.put("espalier.gateway.services.equivalence.paths", "/v1/conversations");

    RuntimeException failed = assertThrows(RuntimeException.class, () -> parse(wrong, Map.of()));

    assertEquals(
        "espalier.gateway.services.*.paths: equivalence and memory both claim the path"
            + " /v1/conversations",
        failed.getMessage());
  }

  @Test
  void failsWhenAServiceHasNoPath() {
    Map<String, String> wrong = new HashMap<>(SOUND);
    wrong.put("espalier.gateway.services.search.url", "http://127.0.0.1:1");

    RuntimeException failed = assertThrows(RuntimeException.class, () -> parse(wrong, Map.of()));

    assertTrue(
        failed.getMessage().contains("espalier.gateway.services.search.paths"),
        failed.getMessage());
  }

  private static ParsedConfig parse(Map<String, String> properties, Map<String, String> env) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .withSources(new EnvConfigSource(env, 300))
            .withMapping(GatewayConfig.class)
            .build();
    return ParsedConfig.of(config.getConfigMapping(GatewayConfig.class));
  }
}
