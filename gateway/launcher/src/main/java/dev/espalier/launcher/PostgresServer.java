package dev.espalier.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One PostgreSQL process on one data directory: made, started, waited for, stopped.
 *
 * <p>It listens on the loopback address alone, asks everybody for a password, and writes every
 * commit through to the disk. PostgreSQL refuses to run as root, so for root it runs in a user
 * namespace of its own, where the same files belong to the same owner.
 */
final class PostgresServer {

  private static final String MAJOR_VERSION = "17";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");

  private final PostgresBinaries binaries;
  private final Path data;
  private final Consumer<String> output;

  PostgresServer(PostgresBinaries binaries, Path data, Consumer<String> output) {
    this.binaries = binaries;
    this.data = data;
    this.output = output;
  }

  /**
   * Makes the data directory unless it is there; half a directory is never left.
   *
   * @param passwordFile holds the password of the superuser
   */
  void initialise(Path passwordFile) {
    Path versionFile = data.resolve("PG_VERSION");
    try {
      if (Files.exists(versionFile)) {
        String version = Files.readString(versionFile).strip();
        if (!version.equals(MAJOR_VERSION)) {
          throw new LaunchException(
              data + " was written by PostgreSQL " + version + ", this is " + MAJOR_VERSION);
        }
        return;
      }
      Path fresh = data.resolveSibling(data.getFileName() + ".new");
      Directories.delete(fresh);
      List<String> options =
          List.of(
              "--username=" + EmbeddedDatabase.SUPERUSER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8");
      run("initdb", fresh, options);
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the database in " + data, e);
    }
  }

  /** Stops a server that a killed launcher left on this data directory. */
  void stopLeftBehind() {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
      ProcessHandle.of(pid).filter(PostgresServer::isPostgres).ifPresent(this::stopLeftBehind);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      output.accept("no process can be read from " + pidFile + ": " + e.getMessage());
    }
  }

  private void stopLeftBehind(ProcessHandle server) {
    output.accept("stopping the server that was left behind, process " + server.pid());
    try {
      stop();
    } catch (LaunchException e) {
      // It may have been on its way out already.
      if (server.isAlive()) {
        throw e;
      }
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(it -> it.endsWith("/postgres")).isPresent();
  }

  /** Starts the server and waits until the superuser can connect. */
  ChildProcess start(int port, DatabaseAccess superuser) {
    List<String> command = new ArrayList<>(userNamespace());
    command.addAll(
        List.of(binaries.tool("postgres"), "-D", data.toString(), "-p", Integer.toString(port)));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "log_checkpoints=off")) {
      command.addAll(List.of("-c", setting));
    }
    ChildProcess server =
        ChildProcess.start("postgres", new Tether("INT", command), ENVIRONMENT, output);
    awaitConnection(server, superuser);
    return server;
  }

  /** Ends sessions and writes a last checkpoint. */
  void stop() {
    String seconds = Long.toString(STOP_LIMIT.toSeconds());
    run("pg_ctl", data, List.of("stop", "--mode=fast", "--wait", "--timeout=" + seconds));
  }

  private static void awaitConnection(ChildProcess server, DatabaseAccess superuser) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try (Connection connection = superuser.connect()) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        boolean isDead = server.awaitExit(Duration.ofMillis(50));
        if (isDead || System.nanoTime() > deadline) {
          server.stop(STOP_LIMIT);
          String lines = String.join(System.lineSeparator(), server.lastLines());
          throw new LaunchException(
              "PostgreSQL did not start:" + System.lineSeparator() + lines, e);
        }
      }
    }
  }

  private void run(String tool, Path directory, List<String> options) {
    List<String> command = new ArrayList<>(userNamespace());
    command.addAll(List.of(binaries.tool(tool), "-D", directory.toString()));
    command.addAll(options);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(ENVIRONMENT);
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      boolean hasEnded = process.waitFor(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!hasEnded || process.exitValue() != 0) {
        throw new LaunchException(tool + " failed:" + System.lineSeparator() + said.strip());
      }
    } catch (IOException e) {
      throw new LaunchException("cannot run " + tool + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException(tool + " was interrupted", e);
    }
  }

  private static List<String> userNamespace() {
    boolean isRoot = System.getProperty("user.name").equals("root");
    return isRoot && Tether.isOnPath("unshare") ? List.of("unshare", "--user") : List.of();
  }
}
