package dev.espalier.launcher;

import java.nio.file.Path;
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

  static final ServiceSpec GATEWAY = new ServiceSpec("gateway", "gateway", 8080, false, "96m");

  /** The services behind the gateway, in the order in which they start. */
  static final List<ServiceSpec> BEHIND_GATEWAY =
      List.of(
          new ServiceSpec("memory-service", "memory", 8083, true, "768m"),
          new ServiceSpec("equivalence-detector", "equivalence", 8082, false, "256m"));

  /** The option that gives it another port. */
  String portOption() {
    return equals(GATEWAY) ? "--port" : "--" + key + "-port";
  }

  /** The variable that tells the gateway where it is. */
  String urlVariable() {
    return "ESPALIER_GATEWAY_SERVICES_" + key.toUpperCase(Locale.ROOT) + "_URL";
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
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx" + maxHeap,
        "-XX:+ExitOnOutOfMemoryError",
        "-jar",
        artefact(root).toString());
  }
}
