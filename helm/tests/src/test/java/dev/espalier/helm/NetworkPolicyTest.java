package dev.espalier.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.helm.PolicyModel.Peer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who reaches whom, worked out from the rendered policies as a network plug-in would. */
class NetworkPolicyTest {

  private static final List<String> SERVICES =
      List.of("gateway", "memory", "equivalence", "reasoning", "kg");
  private static final int HTTP = 8080;
  private static final int MANAGEMENT = 9000;
  private static final int POSTGRESQL = 5432;

  @Test
  void letsServicesCallOnlyWhomTheyNeed() {
    PolicyModel model = new PolicyModel(Chart.render("trial"));

    Set<String> open = new TreeSet<>();
    for (String from : SERVICES) {
      for (String to : SERVICES) {
        if (!from.equals(to) && model.reaches(model.pod(from), model.pod(to), HTTP)) {
          open.add(from + " -> " + to);
        }
      }
    }

    assertEquals(
        new TreeSet<>(
            Set.of(
                "gateway -> memory",
                "gateway -> equivalence",
                "gateway -> reasoning",
                "gateway -> kg",
                "reasoning -> equivalence")),
        open);
  }

  @Test
  void keepsStrangersFromEverythingButTheGateway() {
    PolicyModel model = new PolicyModel(Chart.render("trial"));
    Peer stranger = new Peer("other", Map.of("app", "stranger"));
    Peer neighbour = new Peer(Chart.NAMESPACE, Map.of("app", "neighbour"));

    for (Peer peer : List.of(stranger, neighbour)) {
      assertTrue(model.mayEnter(peer, model.pod("gateway"), HTTP));
      for (String service : SERVICES.subList(1, SERVICES.size())) {
        assertFalse(model.mayEnter(peer, model.pod(service), HTTP), service);
      }
      assertFalse(model.mayEnter(peer, model.pod("db"), POSTGRESQL));
      for (String service : SERVICES) {
        assertFalse(model.mayEnter(peer, model.pod(service), MANAGEMENT), service);
      }
    }
  }

  @Test
  void letsOnlyWhatStoresIntoTheDatabase() {
    PolicyModel model = new PolicyModel(Chart.render("trial"));

    for (String service : List.of("gateway", "memory", "reasoning", "kg", "migrate")) {
      assertTrue(model.reaches(model.pod(service), model.pod("db"), POSTGRESQL), service);
    }
    assertFalse(model.reaches(model.pod("equivalence"), model.pod("db"), POSTGRESQL));
    assertFalse(model.reaches(model.pod("test"), model.pod("db"), POSTGRESQL));
  }

  @Test
  void letsTheTestReachTheGatewayAlone() {
    PolicyModel model = new PolicyModel(Chart.render("ingress"));

    assertTrue(model.reaches(model.pod("test"), model.pod("gateway"), HTTP));
    assertFalse(model.reaches(model.pod("test"), model.pod("memory"), HTTP));
  }

  @Test
  void letsOnlyTheIngressControllerInWhereThatIsSaid() {
    PolicyModel model = new PolicyModel(Chart.render("ingress"));

    assertTrue(model.mayEnter(new Peer("ingress-nginx", Map.of()), model.pod("gateway"), HTTP));
    assertFalse(model.mayEnter(new Peer("other", Map.of()), model.pod("gateway"), HTTP));
  }

  @Test
  void letsOnlyPrometheusReadMetrics() {
    PolicyModel model = new PolicyModel(Chart.render("monitoring"));
    Peer prometheus = new Peer("monitoring", Map.of("app.kubernetes.io/name", "prometheus"));
    Peer grafana = new Peer("monitoring", Map.of("app.kubernetes.io/name", "grafana"));

    for (String service : SERVICES) {
      assertTrue(model.mayEnter(prometheus, model.pod(service), MANAGEMENT), service);
      assertFalse(model.mayEnter(grafana, model.pod(service), MANAGEMENT), service);
    }
    assertFalse(model.mayEnter(prometheus, model.pod("memory"), HTTP));
  }

  @Test
  void letsAPeerOfTheOperatorsIn() {
    PolicyModel model = new PolicyModel(Chart.render("peers"));
    Peer batch = new Peer(Chart.NAMESPACE, Map.of("app", "batch"));

    assertTrue(model.mayEnter(batch, model.pod("equivalence"), HTTP));
    assertFalse(model.mayEnter(batch, model.pod("memory"), HTTP));
  }

  @Test
  void letsServicesOutToModelsOnlyWhereThatIsSaid() {
    PolicyModel model = new PolicyModel(Chart.render("models"));

    assertTrue(model.mayLeaveTo(model.pod("reasoning"), "203.0.113.7", 443));
    assertFalse(model.mayLeaveTo(model.pod("reasoning"), "10.1.2.3", 443));
    assertFalse(model.mayLeaveTo(model.pod("reasoning"), "203.0.113.7", 80));
    assertFalse(model.mayLeaveTo(model.pod("memory"), "203.0.113.7", 443));
    assertTrue(model.reaches(model.pod("memory"), model.pod("gateway"), HTTP));
    assertFalse(model.reaches(model.pod("reasoning"), model.pod("gateway"), HTTP));
    assertFalse(model.mayLeaveTo(model.pod("memory"), "169.254.169.254", 80));
  }

  @Test
  void coversEveryPod() {
    for (String set : List.of("external", "cnpg", "trial", "pinned")) {
      PolicyModel model = new PolicyModel(Chart.render(set));
      model.rendered().pods().forEach(pod -> assertTrue(model.isCovered(pod), pod.owner()));
    }
  }
}
