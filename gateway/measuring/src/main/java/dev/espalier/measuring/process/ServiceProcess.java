package dev.espalier.measuring.process;

import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A packaged service as a process of ours, on a free port of the loopback address. */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final int port = freePort();
  private @Nullable Process process;

  /**
   * @param jvmOptions such as {@code -Xmx512m}
   * @param environment what the service is told besides its address
   * @param log receives what it prints
   */
  public ServiceProcess(
      String name, Path jar, List<String> jvmOptions, Map<String, String> environment, Path log) {
    this.name = name;
    this.environment = Map.copyOf(environment);
    this.log = log;
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(jvmOptions);
    words.add("-jar");
    words.add(jar.toString());
    this.command = List.copyOf(words);
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "stop " + name));
  }

  /**
   * The packaged service of a command.
   *
   * @param given where the user says it is, or null: that of this build
   * @param command of the module {@code SERVICE/evaluation}, whose jar lies in its {@code target}
   * @throws CommandException if there is no such file
   */
  public static Path packaged(@Nullable String given, Class<?> command) {
    Path jar = (given == null ? builtBeside(command) : Path.of(given)).toAbsolutePath().normalize();
    if (!Files.exists(jar)) {
      throw new CommandException("no packaged service at " + jar + "; give --service");
    }
    return jar;
  }

  private static Path builtBeside(Class<?> command) {
    try {
      Path own = Path.of(command.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolve("../../../target/quarkus-app/quarkus-run.jar");
    } catch (URISyntaxException e) {
      throw new CommandException("cannot find the packaged service; give --service", e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Starts it and waits until it is ready. */
  public void start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    Process started;
    try {
      started = builder.start();
    } catch (IOException e) {
      throw new CommandException("cannot start " + name + ": " + e.getMessage(), e);
    }
    process = started;
    long start = System.nanoTime();
    while (!isReady()) {
      if (!started.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
        throw new CommandException(name + " does not start; its log is " + log);
      }
      Pause.of(LOOK);
    }
  }

  /**
   * Asks it to stop, as a roll-out does.
   *
   * @return how long that took
   * @throws CommandException if it does not
   */
  public Duration stop() {
    long asked = System.nanoTime();
    Process running = Objects.requireNonNull(process, "not started");
    running.destroy();
    try {
      if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandException(name + " does not stop; its log is " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  /** As {@code kill -9} does. */
  public void kill() {
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

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
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
