package dev.espalier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.launcher.RunningLauncher.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with the real database and services that only say they are ready. */
class UpTest {

  private static final ServiceSpec MEMORY = ServiceSpec.BEHIND_GATEWAY.get(0);

  @TempDir Path root;
  @TempDir Path data;
  private Ports ports;

  @BeforeEach
  void installServices() throws IOException {
    FakeService.install(root, MEMORY);
    FakeService.install(root, ServiceSpec.GATEWAY);
    ports = Ports.free();
  }

  @Test
  void stopsInOrderWhenAsked() throws Exception {
    try (RunningLauncher launcher = RunningLauncher.up(root, data, ports)) {
      launcher.await("Espalier is ready");

      launcher.handle().destroy();

      assertEquals(0, launcher.awaitExit(), () -> String.join("\n", launcher.log()));
      int gateway = launcher.indexOf("gateway        | bye");
      int memory = launcher.indexOf("memory-service | bye");
      int database = launcher.indexOf("database system is shut down");
      assertTrue(
          0 < gateway && gateway < memory && memory < database,
          () -> String.join("\n", launcher.log()));
      ports.requireFree();
    }
  }

  @Test
  void tellsServicesWhereTheyAreAndWhatTheyNeed() throws Exception {
    try (RunningLauncher launcher = RunningLauncher.up(root, data, ports)) {
      launcher.await("Espalier is ready");
      String key = launcher.await("API key").split("API key", 2)[1].strip();

      assertEquals(new ApiKey(key), ApiKey.of(null, data));
      List<String> log = launcher.log();
      assertTrue(
          log.contains("gateway        | env ESPALIER_GATEWAY_KEYS_LOCAL_SHA256=" + sha256(key)));
      assertTrue(
          log.contains(
              "gateway        | env ESPALIER_GATEWAY_SERVICES_MEMORY_URL=http://127.0.0.1:"
                  + ports.memory()));
      assertTrue(log.contains("memory-service | env QUARKUS_DATASOURCE_USERNAME=espalier_memory"));
      assertTrue(log.contains("gateway        | env QUARKUS_DATASOURCE_USERNAME=espalier_gateway"));
      String internal = ApiKey.internal(data).value();
      assertTrue(log.contains("memory-service | env ESPALIER_INTERNAL_KEY=" + internal));
      assertTrue(
          log.contains(
              "gateway        | env ESPALIER_GATEWAY_KEYS_INTERNAL_SHA256=" + sha256(internal)));
      assertTrue(
          log.stream().noneMatch(line -> line.startsWith("gateway") && line.contains(internal)));
    }
  }

  @Test
  void takesTheRestDownWhenAServiceDies() throws Exception {
    try (RunningLauncher launcher = RunningLauncher.up(root, data, ports)) {
      ProcessHandle memory = process(launcher.await("memory-service | pid "));
      launcher.await("Espalier is ready");

      memory.destroyForcibly();

      assertEquals(1, launcher.awaitExit());
      assertTrue(launcher.indexOf("memory-service ended with status 137") > 0);
      assertTrue(launcher.indexOf("  pid " + memory.pid()) > 0);
      ports.requireFree();
    }
  }

  @Test
  void doesNotWaitForTheRestWhenAServiceCannotStart() throws Exception {
    Files.writeString(MEMORY.artefact(root), "not a jar");
    try (RunningLauncher launcher = RunningLauncher.up(root, data, ports)) {
      launcher.await("memory-service ended with status 1");

      assertEquals(1, launcher.awaitExit());
      ports.requireFree();
    }
  }

  @Test
  void leavesNoOrphansWhenKilled() throws Exception {
    try (RunningLauncher launcher = RunningLauncher.up(root, data, ports)) {
      launcher.await("Espalier is ready");
      List<ProcessHandle> children = launcher.handle().children().toList();

      launcher.handle().destroyForcibly();

      assertEquals(3, children.size());
      for (ProcessHandle child : children) {
        child.onExit().get(30, TimeUnit.SECONDS);
      }
      ports.requireFree();
    }
  }

  @Test
  void namesThePortThatIsTakenAndTheOption() throws Exception {
    try (var taken = new ServerSocket(ports.memory(), 1, InetAddress.getLoopbackAddress());
        RunningLauncher launcher = RunningLauncher.up(root, data, ports)) {
      launcher.await(
          "port %d for memory-service is in use; set --memory-port"
              .formatted(taken.getLocalPort()));

      assertEquals(1, launcher.awaitExit());
    }
  }

  private static ProcessHandle process(String line) {
    return ProcessHandle.of(Long.parseLong(line.split("pid ", 2)[1])).orElseThrow();
  }

  private static String sha256(String key) {
    return new ApiKey(key).sha256();
  }
}
