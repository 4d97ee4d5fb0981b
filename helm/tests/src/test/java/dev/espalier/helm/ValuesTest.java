package dev.espalier.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.helm.values.ValueDocs;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are checked, explained and documented. */
class ValuesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replica",
        "services.memory.replica",
        "services.memory.resource",
        "services.memroy",
        "services.gateway.probes.liveness.period",
        "defaults.autoscaling.enable",
        "database.external.hostname",
        "database.external.password",
        "database.cnpg.instance",
        "database.trial.volume",
        "networkPolicy.enable",
        "apiKey.value",
        "ingress.hosts",
        "image.repository",
        "migrations.enable"
      })
  void refusesATypo(String typo) {
    String said = refusal(Map.of(typo, "x"));

    String last = typo.substring(typo.lastIndexOf('.') + 1);
    assertTrue(said.contains("'" + last + "'"), said);
    assertTrue(said.toLowerCase(Locale.ROOT).contains("additional properties"), said);
  }

  @ParameterizedTest
  @CsvSource({
    "database.mode, embedded",
    "database.external.port, 70000",
    "database.external.sslMode, prefer",
    "services.memory.replicas, many",
    "services.memory.java.maxRamPercentage, 95",
    "image.pullPolicy, Sometimes",
    "database.name, a b",
  })
  void refusesAValueOutOfItsRange(String key, String value) {
    String said = refusal(Map.of(key, value));

    assertTrue(said.contains(key.substring(key.lastIndexOf('.') + 1)), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image.registry || image.registry is empty",
        "apiKey.name | internal | apiKey.name is internal",
        "database.external.host || database.external.host is empty",
        "database.external.credentials.existingSecret || No secret holds the database role of",
        "services.kg.stop.gracePeriodSeconds | 20 | services.kg.stop: gracePeriodSeconds is 20",
        "services.kg.managementPort | 8080 | services.kg: port and managementPort are both 8080",
        "services.gateway.enabled | false | services.gateway.enabled is false",
        "services.gateway.usesGatewayModels | true | services.gateway.usesGatewayModels is true",
        "ingress.enabled | true | ingress.host is empty",
        "httpRoute.enabled | true | httpRoute.parentRefs is empty",
        "services.kg.database.schema || services.kg.database.schema is empty",
        "services.kg.extraEnv[0].name | QUARKUS_HTTP_PORT | extraEnv sets QUARKUS_HTTP_PORT",
        "services.reasoning.extraEnv[0].name | ESPALIER_SEARCH_DETECTOR_URL | extraEnv sets ESPALIER_SEARCH_DETECTOR_URL",
        "services.kg.config.quarkus\\.http\\.port | 1 | services.kg sets the property quarkus.http.port",
        "services.gateway.config.espalier\\.gateway\\.keys\\.admin\\.tenant | x | sets the property espalier.gateway.keys.admin.tenant",
      })
  void saysWhatWhyAndWhatToDo(String key, String value, String expected) {
    Map<String, String> set = new HashMap<>();
    set.put(key, value == null ? "" : value);

    assertTrue(refusal(set).contains(expected), () -> refusal(set));
  }

  @Test
  void saysAllMistakesAtOnce() {
    String said = refusal(Map.of("image.registry", "", "database.external.host", ""));

    assertTrue(said.contains("image.registry is empty"), said);
    assertTrue(said.contains("database.external.host is empty"), said);
  }

  @Test
  void keepsWhatIsWrittenInProperties() throws IOException {
    JsonNode map = Chart.render("models").one("ConfigMap", "espalier-reasoning");

    var properties = new Properties();
    properties.load(new StringReader(map.at("/data/application.properties").asText()));

    JsonNode written =
        Chart.yaml(ValueSets.of("models")).path("services").path("reasoning").path("config");
    assertEquals(Rendered.strings(written), new TreeMap<Object, Object>(properties));
  }

  @Test
  void writesALargeNumberAsANumber() {
    String properties =
        Chart.render(
                "espalier",
                ValueSets.of("external"),
                Map.of("services.kg.config.espalier\\.kg\\.graphs\\.cache-size", "50000000"))
            .one("ConfigMap", "espalier-kg")
            .at("/data/application.properties")
            .asText();

    assertEquals("espalier.kg.graphs.cache-size=50000000", properties);
  }

  @Test
  void keepsMetricsInsideOfAServiceForTheOutside() {
    Rendered rendered =
        Chart.render(
            "espalier",
            ValueSets.of("external"),
            Map.of("services.gateway.service.type", "LoadBalancer"));

    JsonNode ports = rendered.one("Service", "espalier-gateway").at("/spec/ports");
    assertEquals(List.of("http"), ports.findValuesAsText("name"));
    assertEquals(
        "management",
        rendered.one("Service", "espalier-gateway-management").at("/spec/ports/0/name").asText());
  }

  @Test
  void letsTheOperatorNameTheHostsOfTheGateway() {
    Rendered rendered =
        Chart.render(
            "espalier",
            ValueSets.of("external"),
            Map.of(
                "services.gateway.config.espalier\\.gateway\\.mcp\\.allowed-hosts", "a.example"));

    assertFalse(
        Rendered.elements(rendered.pod("gateway").spec().at("/containers/0/env"))
            .anyMatch(it -> it.path("name").asText().equals("ESPALIER_GATEWAY_MCP_ALLOWED_HOSTS")));
  }

  @Test
  void replacesPodsWhenAPropertyChanges() {
    assertFalse(
        checksum(Map.of())
            .equals(checksum(Map.of("services.memory.config.espalier\\.memory\\.x", "1"))));
    assertEquals(checksum(Map.of()), checksum(Map.of("services.memory.replicas", "5")));
  }

  @Test
  void keepsPasswordsOutOfTheUrl() {
    String url =
        Rendered.elements(
                Chart.render("external-roles").pod("memory").spec().at("/containers/0/env"))
            .filter(it -> it.path("name").asText().equals("QUARKUS_DATASOURCE_JDBC_URL"))
            .findFirst()
            .orElseThrow()
            .path("value")
            .asText();

    assertEquals(
        "jdbc:postgresql://[2001:db8::5]:6432/memory-and-more?sslmode=verify-ca"
            + "&sslrootcert=/etc/espalier/database-ca/ca.crt&currentSchema=memory,public"
            + "&ApplicationName=espalier-memory",
        url);
  }

  @Test
  void documentsEveryValue() throws IOException {
    Map<Path, String> files = ValueDocs.of(Chart.FOLDER);
    if (Boolean.getBoolean("values.write")) {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.writeString(file.getKey(), file.getValue());
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      assertEquals(
          file.getValue(),
          Files.readString(file.getKey()),
          file.getKey().getFileName() + " is stale: docs/developing.md says how to make it again");
    }
  }

  @Test
  void refusesAValueWithoutAComment(@TempDir Path chart) throws IOException {
    Files.writeString(chart.resolve("values.yaml"), "# Said\nsaid: 1\n\nunsaid: 1\n");

    Exception failure = assertThrows(IllegalArgumentException.class, () -> ValueDocs.of(chart));

    assertEquals("unsaid has no comment", failure.getMessage());
  }

  private static String checksum(Map<String, String> set) {
    return Chart.render("espalier", ValueSets.of("external"), set)
        .one("Deployment", "espalier-memory")
        .at("/spec/template/metadata/annotations/checksum~1config")
        .asText();
  }

  private static String refusal(Map<String, String> set) {
    Exception failure =
        assertThrows(
            RuntimeException.class, () -> Chart.render("espalier", ValueSets.of("external"), set));
    return String.valueOf(failure.getMessage());
  }
}
