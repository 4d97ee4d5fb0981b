package dev.espalier.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The launcher as a process of its own, with what it has said so far. */
final class RunningLauncher implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final ChildProcess process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

  private RunningLauncher(List<String> command, Map<String, String> environment) {
    process =
        ChildProcess.start("launcher", new Tether("KILL", command), environment, this::remember);
  }

  static RunningLauncher up(Path root, Path data, Ports ports) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-Despalier.root=" + root, Main.class.getName(), "up"));
    command.addAll(List.of("--data-dir", data.toString(), "--port", "" + ports.gateway()));
    command.addAll(List.of("--memory-port", "" + ports.memory()));
    command.addAll(List.of("--database-port", "" + ports.database()));
    return new RunningLauncher(command, Map.of());
  }

  /** Three ports that are free now. */
  record Ports(int gateway, int memory, int database) {

    static Ports free() throws IOException {
      try (var one = socket();
          var two = socket();
          var three = socket()) {
        return new Ports(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
      }
    }

    void requireFree() {
      PortClaim.requireFree(
          List.of(
              new PortClaim(gateway, "gateway", ""),
              new PortClaim(memory, "memory", ""),
              new PortClaim(database, "database", "")));
    }

    private static ServerSocket socket() throws IOException {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
  }

  /** The next unread line that contains the text. */
  String await(String text) throws InterruptedException {
    while (true) {
      String line = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("not said: " + text + "\n" + String.join("\n", log));
      }
      if (line.contains(text)) {
        return line;
      }
    }
  }

  int awaitExit() throws Exception {
    return process.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  List<String> log() {
    return List.copyOf(log);
  }

  int indexOf(String text) {
    return log.stream()
        .filter(line -> line.contains(text))
        .findFirst()
        .map(log::indexOf)
        .orElse(-1);
  }

  ProcessHandle handle() {
    return ProcessHandle.of(process.pid()).orElseThrow();
  }

  @Override
  public void close() {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void remember(String line) {
    log.add(line);
    unread.add(line);
  }
}
