package dev.espalier.search.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.run.SearchPorts;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.upstream.Detector;
import dev.espalier.search.upstream.Ports;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.search.upstream.UnknownChoiceException;
import dev.espalier.search.upstream.Upstreams;
import dev.espalier.testkit.Reply;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfiguredPortsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final String UPSTREAMS = "espalier.search.upstreams.";

  private final UnderTest test = new UnderTest();

  @AfterEach
  void close() {
    test.close();
  }

  @AfterAll
  static void closeVertx() {
    VERTX.close();
  }

  @Test
  void worksWithoutAnyUpstream() {
    SearchPorts ports = ports(Map.of()).of(spec("arithmetic", null, "arithmetic_check", null));
    Need.Propose need = new Need.Propose(0, 0, List.of(), List.of(), 5, 1);

    assertEquals(
        5, ports.proposer().propose("Use 4 5 6 10 to make 24.", need, test.context()).size());
    assertTrue(ports.proposer().isFree());
    Grouping grouping = ports.grouper().group("p", UnderTest.group("a", "a", "b"), test.context());
    assertEquals("detector.not_configured", grouping.unavailable());
    assertEquals(2, grouping.classes().size());
  }

  @Test
  void saysWhatThereIs() {
    Ports ports = ports(llms("one", "two"));

    assertChoices(
        "proposer.type",
        List.of("arithmetic", "chat", "completions"),
        ports,
        spec("magic", null, "frequency", null));
    assertChoices(
        "scorer.type",
        List.of("arithmetic_check", "chat", "frequency", "prm"),
        ports,
        spec("arithmetic", null, "magic", null));
    List<String> named = List.of("one", "one/m", "one/n", "two", "two/m", "two/n");
    assertChoices("proposer.model", named, ports, spec("chat", null, "frequency", null));
    assertChoices("proposer.model", named, ports, spec("chat", "three", "frequency", null));
    assertChoices(
        "proposer.model",
        List.of("one", "one/m", "one/n"),
        ports,
        spec("chat", "one/x", "frequency", null));
    assertChoices(
        "proposer.model", List.of(), ports, spec("completions", "one", "frequency", null));
    assertChoices("scorer.model", List.of(), ports, spec("arithmetic", null, "prm", "one"));
    assertChoices(
        "proposer.model", named, ports, spec("chat", "http://127.0.0.1/v1", "frequency", null));
  }

  @Test
  void asksTheUpstreamAndTheModelThatAreNamed() {
    Ports ports = ports(llms("default", "other"));
    test.server.otherwise(
        request -> Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}"));
    Need.Propose need = UnderTest.propose(1);

    ports.of(spec("chat", null, "chat", null)).proposer().propose("p", need, test.context());
    ports.of(spec("chat", "other/n", "chat", null)).proposer().propose("p", need, test.context());

    assertEquals("/default/chat/completions", test.server.requests().get(0).target());
    assertTrue(test.server.requests().get(0).body().contains("\"model\":\"m\""));
    assertEquals("/other/chat/completions", test.server.requests().get(1).target());
    assertTrue(test.server.requests().get(1).body().contains("\"model\":\"n\""));
    assertFalse(ports.of(spec("chat", null, "chat", null)).proposer().isFree());
  }

  @Test
  void namesARecordingThatCannotBeRead() {
    Map<String, String> settings =
        Map.of("espalier.search.recording.replay", Path.of("none", "such").toString());

    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> ports(settings));

    assertTrue(refused.getMessage().startsWith("espalier.search.recording.replay: "));
  }

  private Map<String, String> llms(String... names) {
    Map<String, String> settings = new HashMap<>();
    for (String name : names) {
      settings.put(UPSTREAMS + name + ".url", test.server.uri() + "/" + name);
      settings.put(UPSTREAMS + name + ".models", "m,n");
      settings.put(UPSTREAMS + name + ".allow-private-addresses", "true");
    }
    return settings;
  }

  private static Ports ports(Map<String, String> settings) {
    UpstreamsConfig config = Settings.of(settings);
    ConfiguredPorts parts = new ConfiguredPorts();
    ParsedUpstreams parsed = parts.parsed(config);
    Upstreams upstreams = parts.upstreams(parsed, VERTX, Clock.systemUTC());
    Detector detector = parts.detector(parsed, VERTX, Clock.systemUTC());
    return parts.ports(config, upstreams, detector);
  }

  private static void assertChoices(
      String field, List<String> choices, Ports ports, SearchSpec spec) {
    UnknownChoiceException unknown =
        assertThrows(UnknownChoiceException.class, () -> ports.of(spec));
    assertEquals(field, unknown.field());
    assertEquals(choices, unknown.choices());
  }

  private static SearchSpec spec(
      String proposer, @Nullable String model, String scorer, @Nullable String scorerModel) {
    return new SearchSpec(
        "p",
        new StrategySpec.BestOfN(2, 3),
        new ProposerSpec(proposer, model, null, null, null),
        new ScorerSpec(scorer, scorerModel),
        new PruningSpec(PruningMode.EQUIVALENCE, null, false),
        new Limits(null, null, null, null, null, null),
        1);
  }
}
