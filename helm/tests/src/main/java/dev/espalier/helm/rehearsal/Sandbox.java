package dev.espalier.helm.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where pods run: each process in mounts and a network of its own, under the chart's user, with its
 * memory limit, without capabilities, on a read-only root.
 */
final class Sandbox implements AutoCloseable {

  private static final Path MEMORY_CGROUPS = Path.of("/sys/fs/cgroup/memory");
  private static final String CGROUP = "espalier-";
  private static final int ATTEMPTS = 50;
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  private final PodNetwork network;
  private final Path work;
  private final Path script;
  private final AtomicInteger count = new AtomicInteger();
  private final Queue<Running> started = new ConcurrentLinkedQueue<>();

  Sandbox(PodNetwork network, Path work) {
    this.network = network;
    this.work = work;
    this.script = work.resolve("sandbox.sh");
    removeCgroups();
    try (InputStream source = Sandbox.class.getResourceAsStream("/sandbox.sh")) {
      if (source == null) {
        throw new RehearsalException("sandbox.sh is missing");
      }
      Files.copy(source, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether memory is limited by the kernel; otherwise the JVM is told its limit. */
  static boolean limitsMemory() {
    return Files.isWritable(MEMORY_CGROUPS.resolve("memory.limit_in_bytes"))
        || Files.isWritable(MEMORY_CGROUPS);
  }

  /** Starts a container of a pod. */
  Running start(String name, Release release, JsonNode pod, JsonNode container, Path app) {
    try {
      Path folder = Files.createDirectories(work.resolve(name + "-" + count.incrementAndGet()));
      Path root = Files.createDirectories(folder.resolve("root"));
      String address = network.newPodAddress();
      JsonNode security = pod.at("/spec/securityContext");
      long memory = bytes(container.at("/resources/limits/memory").asText());

      List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--net", "sh"));
      command.add(script.toString());
      command.addAll(Release.command(container));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.put("PATH", PATH + ":/usr/sbin:/sbin");
      environment.putAll(release.environment(container));
      String cgroup = cgroup(folder.getFileName().toString(), memory);
      if (cgroup.isEmpty()) {
        environment.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + memory);
      }
      environment.put("SANDBOX_ROOT", root.toString());
      environment.put("SANDBOX_HOSTS", network.hosts(folder).toString());
      environment.put("SANDBOX_TMP_SIZE", Long.toString(bytes(tmpSize(pod))));
      environment.put("SANDBOX_APP", app.toString());
      environment.put("SANDBOX_CONFIG", release.config(pod, folder));
      environment.put("SANDBOX_CGROUP", cgroup);
      environment.put("SANDBOX_ADDRESS", address + "/24");
      environment.put("SANDBOX_USER", security.path("runAsUser").asText());
      environment.put("SANDBOX_GROUP", security.path("runAsGroup").asText());
      Process process = builder.start();
      Running running = new Running(name, address, process);
      started.add(running);
      network.plug(process.pid(), address);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cgroup(String name, long memory) {
    if (!limitsMemory()) {
      return "";
    }
    try {
      Path group = Files.createDirectories(MEMORY_CGROUPS.resolve(CGROUP + name));
      Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(memory));
      return group.toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Writes all that the containers have said, each into a file, in the order of their starts. */
  void writeLogs(Path folder) {
    try {
      Files.createDirectories(folder);
      int number = 0;
      for (Running running : started) {
        number++;
        Path file = folder.resolve("%02d-%s.log".formatted(number, running.name()));
        Files.write(file, running.lastLines(Integer.MAX_VALUE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    started.forEach(it -> it.process().destroyForcibly());
    started.forEach(it -> it.await(30));
    removeCgroups();
  }

  /** The kernel takes a moment to see that nobody is in it any more. */
  private static void removeCgroups() {
    if (!limitsMemory()) {
      return;
    }
    try (var groups = Files.newDirectoryStream(MEMORY_CGROUPS, CGROUP + "*")) {
      for (Path group : groups) {
        for (int i = 0; i < ATTEMPTS && !group.toFile().delete(); i++) {
          Pause.millis(100);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tmpSize(JsonNode pod) {
    for (JsonNode volume : pod.at("/spec/volumes")) {
      if (volume.path("name").asText().equals("tmp")) {
        return volume.at("/emptyDir/sizeLimit").asText();
      }
    }
    throw new RehearsalException("a pod has no volume tmp");
  }

  static long bytes(String quantity) {
    String number = quantity.replaceAll("[^0-9]", "");
    long factor = quantity.endsWith("Gi") ? 1L << 30 : 1L << 20;
    return Long.parseLong(number) * factor;
  }

  /** A container that runs. */
  static final class Running {

    private final String name;
    private final String address;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Running(String name, String address, Process process) {
      this.name = name;
      this.address = address;
      this.process = process;
      this.reader = new Thread(() -> read(process.inputReader()), name + "-output");
      reader.setDaemon(true);
      reader.start();
    }

    String name() {
      return name;
    }

    String address() {
      return address;
    }

    Process process() {
      return process;
    }

    boolean said(String text) {
      synchronized (lines) {
        return lines.stream().anyMatch(line -> line.contains(text));
      }
    }

    List<String> lastLines(int most) {
      synchronized (lines) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
      }
    }

    /** The exit status, or a failure of the rehearsal when it takes longer. */
    int await(long seconds) {
      try {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          throw new RehearsalException(
              name + " still runs after " + seconds + " s: " + lastLines(5));
        }
        reader.join(1000);
        return process.exitValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RehearsalException("interrupted", e);
      }
    }

    private void read(BufferedReader output) {
      try (output) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          synchronized (lines) {
            lines.add(line);
          }
        }
      } catch (IOException e) {
        // The pipe broke with the process.
      }
    }
  }
}
