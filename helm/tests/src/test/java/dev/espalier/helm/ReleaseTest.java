package dev.espalier.helm;

import static dev.espalier.helm.Rendered.elements;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a release consists of, and what stays the same over its upgrades. */
class ReleaseTest {

  @Test
  void keepsSelectorsWhateverChanges() {
    Rendered before = Chart.render("external");
    Rendered after =
        Chart.render(
            "espalier",
            ValueSets.of("external"),
            Map.of(
                "image.tag", "9.9.9",
                "defaults.podLabels.team", "x",
                "defaults.replicas", "7",
                "services.memory.port", "8181",
                "database.mode", "trial",
                "metrics.serviceMonitor.enabled", "true"));

    assertEquals(selectors(before), selectors(after));
  }

  @Test
  void keepsWhatItGenerated() {
    Rendered first = Chart.render("trial");
    first
        .of("Secret")
        .forEach(secret -> Chart.cluster().keep(Rendered.name(secret), secret.toString()));

    Rendered second = Chart.render("trial");
    Chart.cluster().forget();
    Rendered elsewhere = Chart.render("trial");

    assertEquals(first.of("Secret").toList(), second.of("Secret").toList());
    for (JsonNode secret : first.of("Secret").toList()) {
      assertFalse(elsewhere.one("Secret", Rendered.name(secret)).equals(secret));
      assertEquals("keep", secret.at("/metadata/annotations/helm.sh~1resource-policy").asText());
    }
  }

  @Test
  void tellsTheGatewayOnlyTheHashOfItsKey() throws NoSuchAlgorithmException {
    Rendered rendered = Chart.render("external");
    JsonNode secret = rendered.one("Secret", "espalier-api-key").path("data");
    byte[] key = Base64.getDecoder().decode(secret.path("key").asText());
    byte[] hash = Base64.getDecoder().decode(secret.path("sha256").asText());

    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key)),
        new String(hash, UTF_8));
    assertFalse(
        rendered.pod("gateway").spec().toString().contains("\"key\":\"key\""),
        "only its entry sha256 is given to the gateway");
  }

  @Test
  void migratesBeforeTheReleaseWhereTheDatabaseIsThere() {
    Rendered rendered = Chart.render("external");

    JsonNode job = rendered.one("Job", "espalier-memory-migrate");

    assertEquals("pre-install,pre-upgrade", job.at("/metadata/annotations/helm.sh~1hook").asText());
    assertEquals("migrate", last(job.at("/spec/template/spec/containers/0/args")));
    assertTrue(
        job.at("/spec/template/spec/serviceAccountName").isMissingNode(),
        "the account of the release does not exist yet");
    assertTrue(rendered.pod("memory").spec().path("initContainers").isMissingNode());
  }

  @Test
  void migratesWithTheReleaseWhereTheDatabaseComesWithIt() {
    for (String set : List.of("cnpg", "trial")) {
      Rendered rendered = Chart.render(set);

      JsonNode job = rendered.one("Job", "espalier-memory-migrate-1");

      assertTrue(job.at("/metadata/annotations/helm.sh~1hook").isMissingNode());
      assertEquals("await", last(rendered.pod("memory").spec().at("/initContainers/0/args")));
      assertTrue(rendered.pod("equivalence").spec().path("initContainers").isMissingNode());
    }
  }

  @Test
  void neverMigratesFromAServingPod() {
    for (String service : List.of("memory", "reasoning", "kg")) {
      assertEquals(
          "false",
          env(Chart.render("external").pod(service)).get("QUARKUS_FLYWAY_MIGRATE_AT_START"));
    }
  }

  @Test
  void givesEachServiceARoleOfItsOwnWhereItMakesThem() {
    Rendered rendered = Chart.render("cnpg");

    JsonNode cluster = rendered.one("Cluster", "espalier-db");
    JsonNode database = rendered.one("Database", "espalier-db");

    Set<String> roles =
        elements(cluster.at("/spec/managed/roles"))
            .map(it -> it.path("name").asText())
            .collect(Collectors.toSet());
    Set<String> owners =
        elements(database.at("/spec/schemas"))
            .map(it -> it.path("owner").asText())
            .collect(Collectors.toSet());
    assertTrue(
        roles.containsAll(
            Set.of("espalier_gateway", "espalier_memory", "espalier_reasoning", "espalier_kg")));
    assertEquals(roles, owners);
    elements(cluster.at("/spec/managed/roles"))
        .forEach(role -> assertFalse(role.path("superuser").asBoolean(true)));
    assertEquals("vector", database.at("/spec/extensions/0/name").asText());
  }

  @Test
  void leavesTheNumberOfPodsToTheAutoscaler() {
    Rendered rendered = Chart.render("autoscaling");

    assertEquals(4, rendered.of("HorizontalPodAutoscaler").count());
    assertEquals(3, rendered.one("Deployment", "espalier-kg").at("/spec/replicas").asInt());
  }

  @Test
  void makesABudgetOnlyWhereItDoesNotBlockDrains() {
    assertEquals(5, Chart.render("external").of("PodDisruptionBudget").count());
    assertEquals(0, Chart.render("small").of("PodDisruptionBudget").count());
  }

  @Test
  void tellsServicesOnlyOfThoseThatAreInstalled() {
    Map<String, String> gateway = env(Chart.render("small").pod("gateway"));

    assertEquals(
        "http://espalier-memory:8080", gateway.get("ESPALIER_GATEWAY_SERVICES_MEMORY_URL"));
    assertFalse(gateway.containsKey("ESPALIER_GATEWAY_SERVICES_KG_URL"));
  }

  @Test
  void tellsTheGatewayTheNamesThatClientsAddressItBy() {
    String names =
        env(Chart.render("ingress").pod("gateway")).get("ESPALIER_GATEWAY_MCP_ALLOWED_HOSTS");

    assertEquals(
        "localhost,127.0.0.1,[::1],espalier-gateway,espalier-gateway.production,"
            + "espalier-gateway.production.svc,espalier-gateway.production.svc.cluster.local,"
            + "espalier.example",
        names);
  }

  @Test
  void givesTheInternalKeyOnlyToWhoeverAsksTheGateway() {
    Rendered rendered = Chart.render("models");

    assertTrue(env(rendered.pod("memory")).containsKey("ESPALIER_INTERNAL_KEY"));
    assertFalse(env(rendered.pod("reasoning")).containsKey("ESPALIER_INTERNAL_KEY"));
    assertFalse(env(rendered.pod("gateway")).containsKey("ESPALIER_INTERNAL_KEY"));
  }

  @Test
  void usesOneShapeForPropertiesFromSecrets() {
    JsonNode variable =
        elements(Chart.render("models").pod("reasoning").spec().at("/containers/0/env"))
            .filter(it -> it.path("name").asText().equals("ESPALIER_SEARCH_UPSTREAMS_MAIN_API_KEY"))
            .findFirst()
            .orElseThrow();

    assertEquals("models", variable.at("/valueFrom/secretKeyRef/name").asText());
    assertEquals("token", variable.at("/valueFrom/secretKeyRef/key").asText());
  }

  @Test
  void pinsImagesByDigest() {
    Rendered rendered = Chart.render("pinned");

    assertTrue(
        image(rendered, "memory")
            .startsWith("registry.example:5000/team/espalier/memory-service@sha256:0123"));
    assertEquals("registry.example:5000/team/espalier/gateway:1.2.3", image(rendered, "gateway"));
  }

  @Test
  void keepsManagementOffALoadBalancer() {
    JsonNode service = Chart.render("pinned").one("Service", "espalier-production-gateway");

    assertEquals(1, service.at("/spec/ports").size());
    assertEquals("http", service.at("/spec/ports/0/name").asText());
  }

  private static String image(Rendered rendered, String component) {
    return rendered.pod(component).spec().at("/containers/0/image").asText();
  }

  private static String last(JsonNode array) {
    return array.get(array.size() - 1).asText();
  }

  private static Map<String, String> env(Rendered.Pod pod) {
    return elements(pod.spec().at("/containers/0/env"))
        .collect(Collectors.toMap(it -> it.path("name").asText(), it -> it.path("value").asText()));
  }

  private static Map<String, String> selectors(Rendered rendered) {
    return rendered
        .of("Deployment")
        .collect(Collectors.toMap(Rendered::name, it -> it.at("/spec/selector").toString()));
  }
}
