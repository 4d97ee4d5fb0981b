package dev.espalier.helm.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge that the pods hang on, with an address for each Kubernetes service; names are resolved
 * by a file of hosts that every pod gets.
 */
final class PodNetwork implements AutoCloseable {

  private static final String BRIDGE = "espalier0";

  /** Without one, a bridge takes that of a pod, and is not found for a while when the pod goes. */
  private static final String MAC = "02:00:0a:4d:00:01";

  private static final String PREFIX = "10.77.0.";
  private static final int FIRST_POD = 10;
  private static final int FIRST_SERVICE = 150;

  private final AtomicInteger pods = new AtomicInteger(FIRST_POD);
  private final Map<String, String> services = new TreeMap<>();

  PodNetwork() {
    clear();
    Commands.run("ip", "link", "add", BRIDGE, "address", MAC, "type", "bridge");
    Commands.run("ip", "link", "set", BRIDGE, "up");
  }

  String newPodAddress() {
    return PREFIX + pods.getAndIncrement();
  }

  /** The address of a service, under which its relay can listen. */
  String addService(String name) {
    return services.computeIfAbsent(
        name,
        it -> {
          String address = PREFIX + (FIRST_SERVICE + services.size());
          Commands.run("ip", "address", "add", address + "/24", "dev", BRIDGE);
          return address;
        });
  }

  Path hosts(Path folder) {
    StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n127.0.0.1 " + hostName() + "\n");
    services.forEach(
        (name, address) -> lines.append(address).append(' ').append(name).append('\n'));
    try {
      return Files.writeString(folder.resolve("hosts"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The machine's, which processes in a network of their own keep. */
  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new RehearsalException("this machine does not know its own name", e);
    }
  }

  /** Gives the process, which has a network of its own, an interface on the bridge. */
  void plug(long pid, String address) {
    awaitOwnNetwork(pid);
    String outside = "e" + ProcessHandle.current().pid() + "x" + address.substring(PREFIX.length());
    Commands.run(
        "ip",
        "link",
        "add",
        outside,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        Long.toString(pid));
    Commands.run("ip", "link", "set", outside, "master", BRIDGE);
    Commands.run("ip", "link", "set", outside, "up");
  }

  /** A process has the network of whoever started it until its first command is through. */
  private static void awaitOwnNetwork(long pid) {
    try {
      Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
      while (Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).equals(ours)) {
        Pause.millis(5);
      }
    } catch (IOException e) {
      throw new RehearsalException("a pod ended before it had a network", e);
    }
  }

  @Override
  public void close() {
    clear();
  }

  /** The interfaces go with the networks of their pods. */
  private static void clear() {
    if (Files.exists(Path.of("/sys/class/net", BRIDGE))) {
      Commands.run("ip", "link", "delete", BRIDGE);
    }
  }
}
