package dev.espalier.launcher;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The command {@code up}: runs the stack until it is told to stop, or until a part of it ends. */
final class Up {

  private final Path root;
  private final Console console;

  Up(Path root, Console console) {
    this.root = root;
    this.console = console;
  }

  /** The text of {@code --help}. */
  static String help() {
    StringBuilder ports = new StringBuilder();
    for (ServiceSpec service : ServiceSpec.BEHIND_GATEWAY) {
      ports.append(
          "  %-24s port of %s (%d)%n"
              .formatted(service.portOption() + " N", service.name(), service.port()));
    }
    return """
        Options of up:
          --port N                 port of the gateway (8080)
        %s  --database-port N        port of the embedded PostgreSQL (8085)
          --data-dir DIR           database and secrets (~/.local/share/espalier)
          --database-url URL       an external PostgreSQL, as jdbc:postgresql://host/database
          --database-user NAME     its role, which may create schemas in the database
        ESPALIER_DATABASE_URL and _USER do the same; ESPALIER_DATABASE_PASSWORD is its password.
        ESPALIER_API_KEY sets the local API key; without it one is generated once.
        """
        .formatted(ports);
  }

  /** Runs until something ends by itself; a signal ends this process from a hook, with status 0. */
  int run(UpOptions options) {
    ApiKey key = ApiKey.of(options.apiKey(), options.dataDirectory());
    Stack stack = new Stack(root, options, key, console);
    Thread stop = new Thread(() -> stopAndLeave(stack), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      stack.start();
      CompletableFuture<ChildProcess> death = stack.firstDeath();
      if (!death.isDone()) {
        console.say(ready(options, key, stack));
      }
      reportDeath(death.join());
    } catch (LaunchException e) {
      console.say("espalier: " + e.getMessage());
    }
    awaitLeaving(stop);
    stack.close();
    Runtime.getRuntime().removeShutdownHook(stop);
    return 1;
  }

  /** When a signal came first, the hook ends the process and this never returns. */
  private static void awaitLeaving(Thread stop) {
    try {
      stop.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopAndLeave(Stack stack) {
    console.say("stopping");
    stack.close();
    console.say("stopped");
    Runtime.getRuntime().halt(0);
  }

  private void reportDeath(ChildProcess dead) {
    String status = dead.exit().handle((code, failure) -> String.valueOf(code)).join();
    console.say("");
    console.say(dead.name() + " ended with status " + status + "; its last lines:");
    dead.lastLines().forEach(line -> console.say("  " + line));
    console.say("stopping the rest");
  }

  private static String ready(UpOptions options, ApiKey key, Stack stack) {
    String url = "http://127.0.0.1:" + options.port(ServiceSpec.GATEWAY);
    return """

        Espalier is ready after %.1f s, %s.
          memory   %s
          URL      %s
          API key  %s

        Try:
          curl -s %s/v1/conversations \\
            -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' \\
            -d '{"title": "My first conversation"}'

        Or ./espalier demo in another terminal. Ctrl-C stops everything.
        """
        .formatted(
            sinceStart().toMillis() / 1000.0,
            stack.hasVectors() ? "with pgvector installed" : "without pgvector",
            memory(stack.processes()),
            url,
            key.value(),
            url,
            key.value());
  }

  private static Duration sinceStart() {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return Duration.between(Instant.ofEpochMilli(start), Instant.now());
  }

  /** Such as {@code 412 MiB (gateway 120, memory-service 230, postgres 30, launcher 32)}. */
  private static String memory(List<ChildProcess> processes) {
    StringBuilder parts = new StringBuilder();
    long total = 0;
    for (ChildProcess process : processes) {
      long mebibytes = ProcessHandle.of(process.pid()).map(ResidentMemory::mebibytes).orElse(0L);
      total += mebibytes;
      parts.append(process.name()).append(' ').append(mebibytes).append(", ");
    }
    long own = ResidentMemory.mebibytes(ProcessHandle.current());
    long launcher = Math.max(0, own - total);
    if (own == 0) {
      return "not known on this system";
    }
    return "%d MiB (%slauncher %d)".formatted(total + launcher, parts, launcher);
  }
}
