package dev.espalier.launcher;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A service of the stack and what it needs.
 *
 * @param name the module, and the prefix of its log lines
 * @param key how the gateway's configuration and our options call it; also its schema
 * @param port the port unless an option says otherwise
 * @param stores whether it has a schema in the database
 * @param maxHeap as {@code -Xmx} takes it
 */
record ServiceSpec(String name, String key, int port, boolean stores, String maxHeap) {

  /** The module of the reasoner's vector kernels; it has slower ones for a Java without it. */
  private static final String VECTORS = "jdk.incubator.vector";

  static final ServiceSpec GATEWAY = new ServiceSpec("gateway", "gateway", 8080, true, "128m");

  /** The services behind the gateway, in the order in which they start. */
  static final List<ServiceSpec> BEHIND_GATEWAY =
      List.of(
          new ServiceSpec("memory-service", "memory", 8083, true, "768m"),
          new ServiceSpec("equivalence-detector", "equivalence", 8082, false, "256m"),
          new ServiceSpec("reasoning-search", "reasoning", 8081, true, "384m"),
          new ServiceSpec("kg-reasoner", "kg", 8084, true, "768m"));

  /** The option that gives it another port. */
  String portOption() {
    return equals(GATEWAY) ? "--port" : "--" + key + "-port";
  }

  /** The variables that tell the gateway, and services started later, where it is. */
  List<String> urlVariables() {
    String gateways = "ESPALIER_GATEWAY_SERVICES_" + key.toUpperCase(Locale.ROOT) + "_URL";
    return key.equals("equivalence")
        ? List.of(gateways, "ESPALIER_SEARCH_DETECTOR_URL")
        : List.of(gateways);
  }

  Path artefact(Path root) {
    return root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /**
   * The command that runs it.
   *
   * <p>One collector thread and a bounded heap keep the whole stack within a small machine; a
   * service without memory left ends instead of limping on.
   */
  List<String> command(Path root) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (key.equals("kg") && ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
      command.addAll(List.of("--add-modules", VECTORS));
    }
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + maxHeap,
            "-XX:+ExitOnOutOfMemoryError",
            "-jar",
            artefact(root).toString()));
    return List.copyOf(command);
  }
}
