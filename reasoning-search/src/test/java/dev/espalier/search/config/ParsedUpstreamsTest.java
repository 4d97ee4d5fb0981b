package dev.espalier.search.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.upstream.UpstreamForm;
import dev.espalier.search.upstream.UpstreamOptions;
import dev.espalier.search.upstream.model.Continuation;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedUpstreamsTest {

  private static final String LLM = "espalier.search.upstreams.llm.";

  @Test
  void fillsInWhatIsNotSet() {
    UpstreamOptions llm = parsed(Map.of()).upstreams().get(0);

    assertEquals(UpstreamForm.CHAT, llm.form());
    assertEquals(List.of("m"), llm.models());
    assertEquals(Duration.ofSeconds(5), llm.patience().connect());
    assertEquals(Duration.ofSeconds(60), llm.patience().firstByte());
    assertEquals(Duration.ofSeconds(20), llm.patience().idle());
    assertEquals(Duration.ofMinutes(2), llm.patience().total());
    assertEquals(16, llm.load().maxConcurrency());
    assertEquals(3, llm.load().maxAttempts());
    assertEquals(4 << 20, llm.load().maxBodyBytes());
    assertEquals(Continuation.NONE, llm.dialect().continuation());
    assertTrue(llm.dialect().supportsN());
    assertTrue(llm.dialect().supportsLogprobs());
    assertFalse(llm.target().allowsPrivateAddresses());
    assertFalse(llm.target().forwardsTenant());
    assertTrue(parsed(Map.of()).detector().isEmpty());
  }

  @Test
  void putsTheDefaultModelFirst() {
    Map<String, String> models = Map.of(LLM + "models", "a,b,c", LLM + "default-model", "b");

    assertEquals(List.of("b", "a", "c"), parsed(models).upstreams().get(0).models());
  }

  @Test
  void letsTheDetectorBeOnLoopback() {
    ParsedUpstreams parsed =
        parsed(Map.of("espalier.search.detector.url", "http://127.0.0.1:8082/"));

    assertEquals(Duration.ofSeconds(3), parsed.detector().orElseThrow().patience().total());
    assertFalse(parsed.detector().orElseThrow().judge().isAsked());
    assertTrue(parsed.detector().orElseThrow().target().forwardsTenant());
  }

  @ParameterizedTest
  @CsvSource({
    "url, ftp://example.com",
    "url, http://127.0.0.1:8000/v1",
    "url, http://169.254.169.254/latest",
    "api-key, two words",
    "connect-timeout, 0S",
    "timeout, 0S",
    "idle-timeout, -1S",
    "total-timeout, 10S",
    "max-concurrency, 0",
    "max-attempts, 11",
    "max-body-size, 0",
    "breaker.requests, 0",
    "breaker.failure-ratio, 1.5",
    "breaker.delay, 0S",
    "price-prompt, -1",
    "price-prompt, NaN",
    "max-tokens-field, tokens",
    "template, no places",
    "form, soap",
    "continues-assistant, maybe",
    "timeout, soon"
  })
  void namesTheKeyAtFault(String key, String value) {
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> parsed(Map.of(LLM + key, value)));

    assertTrue(refused.getMessage().contains(LLM + key), refused::getMessage);
    assertFalse(refused.getMessage().contains("two words"), refused::getMessage);
  }

  @Test
  void namesTheKeyOfTheDetectorAtFault() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () ->
                parsed(
                    Map.of(
                        "espalier.search.detector.url", "http://169.254.169.254/",
                        "espalier.search.detector.timeout", "1S")));

    assertTrue(refused.getMessage().startsWith("espalier.search.detector.url: "));
  }

  @Test
  void wantsAModel() {
    Map<String, String> none = new HashMap<>(Map.of(LLM + "url", "https://8.8.8.8/v1"));

    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> ParsedUpstreams.of(Settings.of(none)));

    assertTrue(refused.getMessage().startsWith(LLM + "default-model: "), refused::getMessage);
  }

  private static ParsedUpstreams parsed(Map<String, String> settings) {
    Map<String, String> all =
        new HashMap<>(Map.of(LLM + "url", "https://8.8.8.8/v1", LLM + "default-model", "m"));
    all.putAll(settings);
    return ParsedUpstreams.of(Settings.of(all));
  }
}
