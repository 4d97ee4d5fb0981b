package dev.espalier.memory.evaluation.crashes;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import dev.espalier.memory.evaluation.client.Endpoint;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged memory-service as a process of ours, on a free port. */
final class MemoryProcess implements Victim, AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path jar;
  private final DatabaseAccess database;
  private final Path log;
  private final int port;
  private @Nullable Process process;

  MemoryProcess(Path jar, DatabaseAccess database, Path log) {
    this.jar = jar;
    this.database = database;
    this.log = log;
    this.port = freePort();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop memory-service"));
  }

  @Override
  public String name() {
    return "memory-service";
  }

  Endpoint endpoint() {
    return Endpoint.direct("http://127.0.0.1:" + port);
  }

  @Override
  public void restart() {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-jar",
                jar.toString()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CommandException("cannot start " + jar + ": " + e.getMessage(), e);
    }
    awaitReady(process);
  }

  @Override
  public void kill() {
    close();
  }

  /** Kills it: what it has to keep is in the database. */
  @Override
  public void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady(Process started) {
    var http = new MemoryHttp(endpoint(), Duration.ofSeconds(5));
    long start = System.nanoTime();
    while (!isReady(http)) {
      if (!started.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
        throw new CommandException("memory-service does not start; its log is " + log);
      }
      Pause.of(POLL);
    }
  }

  private static boolean isReady(MemoryHttp http) {
    try {
      return http.send("GET", "/q/health/ready", null).isSuccess();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandException("no free port", e);
    }
  }
}
