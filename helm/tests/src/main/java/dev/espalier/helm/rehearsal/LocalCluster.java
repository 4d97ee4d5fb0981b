package dev.espalier.helm.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One machine as a cluster: what the chart rendered, its services with their pods, the database.
 */
final class LocalCluster implements AutoCloseable {

  /** The folder of each component's packaged service. */
  private static final Map<String, String> MODULES =
      Map.of(
          "gateway", "gateway",
          "memory", "memory-service",
          "equivalence", "equivalence-detector",
          "reasoning", "reasoning-search",
          "kg", "kg-reasoner");

  private static final int POSTGRESQL = 5432;
  private static final int LAST_LINES = 12;

  private final Path root;
  private final Release release;
  private final PodNetwork network = new PodNetwork();
  private final Sandbox sandbox;
  private final int databasePort;
  private final String databaseAddress;
  private final Map<String, List<ServingPod>> pods = new ConcurrentHashMap<>();
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final List<Relay> relays = new ArrayList<>();
  private Optional<Relay> database = Optional.empty();

  LocalCluster(Path root, Path work, Release release, int databasePort) {
    this.root = root;
    this.release = release;
    this.databasePort = databasePort;
    sandbox = new Sandbox(network, work);
    databaseAddress = network.addService("database");
    MODULES.keySet().forEach(this::serve);
  }

  private void serve(String component) {
    List<ServingPod> endpoints = pods(component);
    JsonNode service = release.one("Service", name(component));
    String address = network.addService(name(component));
    addresses.put(component, address);
    AtomicInteger next = new AtomicInteger();
    relays.add(
        new Relay(
            address,
            service.at("/spec/ports/0/port").asInt(),
            () -> {
              List<InetSocketAddress> ready =
                  endpoints.stream().filter(ServingPod::isEndpoint).map(ServingPod::http).toList();
              return ready.isEmpty()
                  ? Optional.empty()
                  : Optional.of(ready.get(next.getAndIncrement() % ready.size()));
            }));
  }

  static String name(String component) {
    return "espalier-" + component;
  }

  /** The address of a service for clients on this machine. */
  InetSocketAddress address(String component) {
    int port = release.one("Service", name(component)).at("/spec/ports/0/port").asInt();
    return new InetSocketAddress(addresses.get(component), port);
  }

  Path app(String component) {
    return root.resolve(MODULES.get(component)).resolve("target/quarkus-app");
  }

  void connectDatabase() {
    database =
        Optional.of(
            new Relay(
                databaseAddress,
                POSTGRESQL,
                () -> Optional.of(new InetSocketAddress("127.0.0.1", databasePort))));
  }

  /**
   * Runs a pod that ends by itself, with another release's secrets or another build where asked.
   */
  Sandbox.Running run(String kind, String object, Release with, Path app) {
    JsonNode pod = with.podOf(kind, object);
    return sandbox.start(object, with, pod, pod.at("/spec/containers/0"), app);
  }

  /** Starts one pod of a component. */
  ServingPod start(String component) {
    JsonNode pod = release.podOf("Deployment", name(component));
    Sandbox.Running running =
        sandbox.start(component, release, pod, pod.at("/spec/containers/0"), app(component));
    ServingPod serving = new ServingPod(running, pod);
    pods(component).add(serving);
    return serving;
  }

  List<ServingPod> pods(String component) {
    return pods.computeIfAbsent(component, it -> new CopyOnWriteArrayList<>());
  }

  int restarts() {
    return pods.values().stream().flatMap(List::stream).mapToInt(ServingPod::restarts).sum();
  }

  /** The end of every pod's log, each line with its pod. */
  List<String> lastLines() {
    return pods.values().stream()
        .flatMap(List::stream)
        .map(ServingPod::running)
        .flatMap(it -> it.lastLines(LAST_LINES).stream().map(line -> it.name() + ": " + line))
        .toList();
  }

  /** Writes the whole log of each pod that there was. */
  void writeLogs(Path folder) {
    sandbox.writeLogs(folder);
  }

  @Override
  public void close() {
    pods.values().stream().flatMap(List::stream).forEach(ServingPod::disregard);
    sandbox.close();
    relays.forEach(Relay::close);
    database.ifPresent(Relay::close);
    network.close();
  }
}
