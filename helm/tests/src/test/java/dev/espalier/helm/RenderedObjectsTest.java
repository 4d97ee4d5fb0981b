package dev.espalier.helm;

import static dev.espalier.helm.Rendered.elements;
import static dev.espalier.helm.Rendered.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.helm.Rendered.Pod;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every object of every value set. */
class RenderedObjectsTest {

  private static final String LONGEST_RELEASE = "r".repeat(53);
  private static final List<String> RELEASES = List.of("espalier", LONGEST_RELEASE);

  /** Each value set with a usual name of the release and with the longest one. */
  static Stream<Named<Rendered>> renderings() {
    return ValueSets.all().stream()
        .flatMap(
            values ->
                RELEASES.stream()
                    .map(
                        release ->
                            Named.of(
                                values.getFileName() + ", name of " + release.length(),
                                Chart.render(release, values, Map.of()))));
  }

  @Test
  void coversAtLeastTwelveValueSets() {
    assertTrue(ValueSets.all().size() >= 12);
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void areWhatKubernetesAccepts(Rendered rendered) {
    rendered.objects().forEach(StrictObjects::check);
    Set<String> seen = new HashSet<>();
    for (JsonNode object : rendered.objects()) {
      String id = object.path("kind").asText() + " " + name(object);
      assertTrue(seen.add(id), () -> id + " comes twice");
      assertTrue(name(object).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"), id);
      Rendered.strings(object.path("metadata").path("labels"))
          .forEach((key, value) -> assertLabel(key, value));
    }
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void selectTheirPods(Rendered rendered) {
    rendered
        .of("Deployment")
        .forEach(
            deployment -> {
              Map<String, String> selector =
                  Rendered.strings(deployment.path("spec").path("selector").path("matchLabels"));
              assertEquals(
                  Set.of(
                      "app.kubernetes.io/name",
                      "app.kubernetes.io/instance",
                      "app.kubernetes.io/component"),
                  selector.keySet(),
                  "a selector can never change, so nothing that changes is in it");
              assertEquals(1, matching(rendered, selector).size(), name(deployment));
            });
    Stream.of("Service", "PodDisruptionBudget")
        .flatMap(rendered::of)
        .forEach(
            object -> {
              JsonNode spec = object.path("spec").path("selector");
              Map<String, String> selector =
                  Rendered.strings(spec.has("matchLabels") ? spec.path("matchLabels") : spec);
              assertEquals(1, matching(rendered, selector).size(), name(object));
            });
    rendered
        .of("HorizontalPodAutoscaler")
        .forEach(
            scaler -> {
              JsonNode target = rendered.one("Deployment", name(scaler));
              assertEquals(name(target), scaler.at("/spec/scaleTargetRef/name").asText());
              assertFalse(target.path("spec").has("replicas"), "both would set the number of pods");
            });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void nameOnlyWhatIsThere(Rendered rendered) {
    Set<String> given = namesGivenByOperators(rendered);
    rendered
        .pods()
        .forEach(
            pod -> {
              Set<String> volumes =
                  Stream.concat(
                          elements(pod.spec().path("volumes")),
                          elements(
                                  rendered
                                      .find("StatefulSet", pod.owner())
                                      .map(it -> it.at("/spec/volumeClaimTemplates"))
                                      .orElse(pod.spec().path("none")))
                              .map(it -> it.path("metadata")))
                      .map(it -> it.path("name").asText())
                      .collect(Collectors.toSet());
              pod.containers()
                  .forEach(container -> assertWired(rendered, container, volumes, given));
              elements(pod.spec().path("volumes"))
                  .forEach(
                      volume -> {
                        assertExists(rendered, "ConfigMap", volume.at("/configMap/name"), given);
                        assertExists(rendered, "Secret", volume.at("/secret/secretName"), given);
                      });
            });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void areRestricted(Rendered rendered) {
    rendered
        .pods()
        .forEach(
            pod -> {
              JsonNode security = pod.spec().path("securityContext");
              assertTrue(security.path("runAsNonRoot").asBoolean(), pod.owner());
              assertEquals("RuntimeDefault", security.at("/seccompProfile/type").asText());
              assertFalse(pod.spec().path("automountServiceAccountToken").asBoolean(true));
              assertFalse(pod.spec().path("enableServiceLinks").asBoolean(true));
              pod.containers()
                  .forEach(
                      container -> {
                        JsonNode own = container.path("securityContext");
                        assertFalse(own.path("allowPrivilegeEscalation").asBoolean(true));
                        assertTrue(own.path("readOnlyRootFilesystem").asBoolean());
                        assertEquals("[\"ALL\"]", own.at("/capabilities/drop").toString());
                        assertTrue(container.at("/resources/limits").has("memory"), pod.owner());
                      });
            });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void holdNoLiteralSecret(Rendered rendered) {
    rendered
        .pods()
        .flatMap(Pod::containers)
        .flatMap(container -> elements(container.path("env")))
        .filter(
            variable ->
                variable
                    .path("name")
                    .asText()
                    .matches(".*(PASSWORD|USERNAME|SHA256|API_KEY|TOKEN).*"))
        .forEach(
            variable ->
                assertFalse(
                    variable.at("/valueFrom/secretKeyRef").isMissingNode(),
                    () -> variable + " is not from a secret"));
    Set<String> generated =
        rendered
            .of("Secret")
            .flatMap(secret -> Rendered.strings(secret.path("data")).values().stream())
            .map(it -> new String(Base64.getDecoder().decode(it), UTF_8))
            .filter(it -> it.length() > 20)
            .collect(Collectors.toSet());
    rendered.objects().stream()
        .filter(it -> !it.path("kind").asText().equals("Secret"))
        .forEach(it -> generated.forEach(secret -> assertFalse(it.toString().contains(secret))));
  }

  @Test
  void refuseAFieldThatKubernetesDoesNotHave() {
    JsonNode deployment = Chart.render("external").one("Deployment", "espalier-memory").deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("livenessprobe", 1);

    assertThrows(AssertionError.class, () -> StrictObjects.check(deployment));
  }

  private static void assertWired(
      Rendered rendered, JsonNode container, Set<String> volumes, Set<String> given) {
    Set<String> names = new HashSet<>();
    elements(container.path("env"))
        .forEach(
            variable -> {
              assertTrue(
                  names.add(variable.path("name").asText()), () -> variable + " comes twice");
              assertExists(rendered, "Secret", variable.at("/valueFrom/secretKeyRef/name"), given);
            });
    elements(container.path("volumeMounts"))
        .forEach(it -> assertTrue(volumes.contains(it.path("name").asText()), it::toString));
    Set<String> ports =
        elements(container.path("ports"))
            .map(it -> it.path("name").asText())
            .collect(Collectors.toSet());
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode port = container.path(probe).at("/httpGet/port");
      assertTrue(port.isMissingNode() || ports.contains(port.asText()), probe);
    }
  }

  private static void assertExists(
      Rendered rendered, String kind, JsonNode name, Set<String> given) {
    if (!name.isMissingNode() && !given.contains(name.asText())) {
      rendered.one(kind, name.asText());
    }
  }

  /** Secrets that the value sets say exist, and the authority that CloudNativePG makes. */
  private static Set<String> namesGivenByOperators(Rendered rendered) {
    Set<String> names =
        new HashSet<>(
            Set.of(
                "espalier-database",
                "database-ca",
                "gateway-role",
                "memory-role",
                "reasoning-role",
                "kg-role",
                "models",
                "second-key",
                "own-key",
                "own-internal-key"));
    rendered.of("Cluster").forEach(cluster -> names.add(name(cluster) + "-ca"));
    return names;
  }

  private static List<Pod> matching(Rendered rendered, Map<String, String> selector) {
    return rendered
        .pods()
        .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
        .toList();
  }

  private static void assertLabel(String key, String value) {
    assertTrue(
        value.matches("([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?"), key + ": " + value);
  }
}
