package dev.espalier.search.evaluation.crashes;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged reasoning-search as a process of ours, on a free port. */
final class SearchProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path jar;
  private final DatabaseAccess database;
  private final String model;
  private final Path log;
  private final int port = freePort();
  private @Nullable Process process;

  SearchProcess(Path jar, DatabaseAccess database, String model, Path log) {
    this.jar = jar;
    this.database = database;
    this.model = model;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "stop reasoning-search"));
  }

  SearchApi api() {
    return SearchApi.direct("http://127.0.0.1:" + port);
  }

  /** Starts it and waits until it is ready. */
  void start() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(java, "-XX:+UseSerialGC", "-Xmx512m", "-jar", jar.toString()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(settings());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CommandException("cannot start " + jar + ": " + e.getMessage(), e);
    }
    awaitReady(process);
  }

  private Map<String, String> settings() {
    String upstream = "ESPALIER_SEARCH_UPSTREAMS_COUNTING_";
    Map<String, String> settings = new HashMap<>();
    settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    settings.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    settings.put("QUARKUS_DATASOURCE_USERNAME", database.user());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    settings.put("ESPALIER_SEARCH_WORKERS_LEASE", "3S");
    settings.put(upstream + "URL", model);
    settings.put(upstream + "MODELS", "counting");
    settings.put(upstream + "SUPPORTS_N", "false");
    settings.put(upstream + "MAX_CONCURRENCY", "64");
    settings.put(upstream + "ALLOW_PRIVATE_ADDRESSES", "true");
    // The model counts by search.
    settings.put(upstream + "FORWARDS_TENANT", "true");
    return settings;
  }

  /** Asks it to stop, as a roll-out does, and says how long it took. */
  Duration stop() {
    long asked = System.nanoTime();
    Process running = Objects.requireNonNull(process);
    running.destroy();
    try {
      if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandException("reasoning-search does not stop; its log is " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  /** As {@code kill -9} does. */
  void kill() {
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

  @Override
  public void close() {
    kill();
  }

  private void awaitReady(Process started) {
    SearchApi api = api();
    long start = System.nanoTime();
    while (!api.isReady()) {
      if (!started.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
        throw new CommandException("reasoning-search does not start; its log is " + log);
      }
      Pause.of(POLL);
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
