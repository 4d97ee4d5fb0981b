package dev.espalier.helm;

import static dev.espalier.helm.Rendered.elements;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.helm.Rendered.Pod;
import java.util.List;
import java.util.Map;

/**
 * The rules of NetworkPolicy: what no policy selects is open; what one selects lets through only
 * what some rule of those policies allows. Ports may be names of the pod that is called.
 */
record PolicyModel(Rendered rendered) {

  /** Who calls: a pod with its labels in a namespace. */
  record Peer(String namespace, Map<String, String> labels) {}

  Pod pod(String component) {
    return rendered.pod(component);
  }

  boolean reaches(Pod from, Pod to, int port) {
    Peer caller = new Peer(Chart.NAMESPACE, from.labels());
    Peer callee = new Peer(Chart.NAMESPACE, to.labels());
    boolean mayLeave =
        policies(from.labels(), "Egress").stream()
            .flatMap(policy -> elements(policy.at("/spec/egress")))
            .anyMatch(rule -> isPort(rule, port, to) && isPeer(rule.path("to"), callee));
    return mayLeave && mayEnter(caller, to, port);
  }

  boolean mayEnter(Peer from, Pod to, int port) {
    List<JsonNode> policies = policies(to.labels(), "Ingress");
    return policies.isEmpty()
        || policies.stream()
            .flatMap(policy -> elements(policy.at("/spec/ingress")))
            .anyMatch(rule -> isPort(rule, port, to) && isPeer(rule.path("from"), from));
  }

  boolean mayLeaveTo(Pod from, String address, int port) {
    return policies(from.labels(), "Egress").stream()
        .flatMap(policy -> elements(policy.at("/spec/egress")))
        .filter(
            rule -> elements(rule.path("ports")).anyMatch(it -> it.path("port").asInt() == port))
        .anyMatch(
            rule ->
                !rule.has("to")
                    || elements(rule.path("to"))
                        .anyMatch(it -> isInBlock(it.path("ipBlock"), address)));
  }

  boolean isCovered(Pod pod) {
    return !policies(pod.labels(), "Ingress").isEmpty()
        && !policies(pod.labels(), "Egress").isEmpty();
  }

  private List<JsonNode> policies(Map<String, String> labels, String type) {
    return rendered
        .of("NetworkPolicy")
        .filter(it -> isSelected(it.at("/spec/podSelector"), labels))
        .filter(it -> elements(it.at("/spec/policyTypes")).anyMatch(t -> t.asText().equals(type)))
        .toList();
  }

  private static boolean isPort(JsonNode rule, int port, Pod called) {
    return !rule.has("ports")
        || elements(rule.path("ports"))
            .map(it -> it.path("port"))
            .anyMatch(it -> it.isInt() ? it.asInt() == port : number(called, it.asText()) == port);
  }

  private static int number(Pod pod, String name) {
    return pod.containers()
        .flatMap(it -> elements(it.path("ports")))
        .filter(it -> it.path("name").asText().equals(name))
        .mapToInt(it -> it.path("containerPort").asInt())
        .findFirst()
        .orElse(-1);
  }

  private static boolean isPeer(JsonNode peers, Peer peer) {
    return peers.isMissingNode()
        || elements(peers)
            .filter(it -> !it.has("ipBlock"))
            .anyMatch(
                it ->
                    isSelected(it.path("podSelector"), peer.labels())
                        && (it.has("namespaceSelector")
                            ? isSelected(
                                it.path("namespaceSelector"),
                                Map.of("kubernetes.io/metadata.name", peer.namespace()))
                            : peer.namespace().equals(Chart.NAMESPACE)));
  }

  private static boolean isSelected(JsonNode selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(Rendered.strings(selector.path("matchLabels")).entrySet());
  }

  private static boolean isInBlock(JsonNode block, String address) {
    return !block.isMissingNode()
        && isInside(block.path("cidr").asText(), address)
        && elements(block.path("except")).noneMatch(it -> isInside(it.asText(), address));
  }

  private static boolean isInside(String cidr, String address) {
    String[] parts = cidr.split("/", 2);
    int bits = Integer.parseInt(parts[1]);
    long mask = bits == 0 ? 0 : -1L << (32 - bits) & 0xffffffffL;
    return (number(parts[0]) & mask) == (number(address) & mask);
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.", 4)) {
      number = number << 8 | Long.parseLong(part);
    }
    return number;
  }
}
