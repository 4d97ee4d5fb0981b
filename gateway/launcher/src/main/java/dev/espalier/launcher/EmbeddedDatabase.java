package dev.espalier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with kept data, owned by this process: one database, with a schema and a role
 * for each service.
 *
 * <p>The passwords are generated once and kept beside the data. A lock keeps a second owner away; a
 * server that a killed owner left behind is stopped first.
 */
public final class EmbeddedDatabase implements Database {

  static final String SUPERUSER = "postgres";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final PostgresServer server;
  private final ChildProcess process;
  private final FileLock lock;
  private final int port;
  private final boolean hasVectors;
  private final String superuserPassword;
  private final Map<String, String> passwords;

  private EmbeddedDatabase(
      PostgresServer server,
      ChildProcess process,
      FileLock lock,
      int port,
      boolean hasVectors,
      String superuserPassword,
      Map<String, String> passwords) {
    this.server = server;
    this.process = process;
    this.lock = lock;
    this.port = port;
    this.hasVectors = hasVectors;
    this.superuserPassword = superuserPassword;
    this.passwords = Map.copyOf(passwords);
  }

  /**
   * What to start.
   *
   * @param directory holds the data and the passwords, and is made when it is missing
   * @param port the port on the loopback address; 0 takes a free one
   * @param schemas a schema for each service that stores anything, such as {@code memory}
   * @param useVectors whether to create the extension {@code vector} when it was built
   * @param output receives the log, line by line
   */
  public record Settings(
      Path directory, int port, List<String> schemas, boolean useVectors, Consumer<String> output) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z_]{0,30}");

    public Settings {
      schemas = List.copyOf(schemas);
      for (String schema : schemas) {
        if (!SCHEMA.matcher(schema).matches()) {
          throw new IllegalArgumentException("not a schema: " + schema);
        }
      }
    }
  }

  /** Whether the extension {@code vector} was built on this machine. */
  public static boolean isPgVectorBuilt() {
    return PgVector.find(Directories.cache(), System.getenv()).isPresent();
  }

  /**
   * Starts the server and makes the database of the services.
   *
   * @throws LaunchException if it cannot run, with the reason for the person at the terminal
   */
  public static EmbeddedDatabase start(Settings settings) {
    Path directory = settings.directory().toAbsolutePath();
    FileLock lock = lock(directory);
    try {
      return start(settings, directory, lock);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  private static EmbeddedDatabase start(Settings settings, Path directory, FileLock lock) {
    PostgresBinaries binaries = PostgresBinaries.unpack(Directories.cache());
    Optional<PgVector> extension = PgVector.find(Directories.cache(), System.getenv());
    extension.ifPresent(binaries::add);

    var secrets = new Secrets(directory.resolve("secrets"), new SecureRandom());
    String superuserPassword = secrets.secret("postgres-password", "");
    Map<String, String> passwords = new LinkedHashMap<>();
    for (String schema : settings.schemas()) {
      passwords.put(schema, secrets.secret(schema + "-password", ""));
    }

    var server = new PostgresServer(binaries, directory.resolve("postgres"), settings.output());
    server.initialise(secrets.file("postgres-password"));
    server.stopLeftBehind();
    int port = settings.port() == 0 ? freePort() : settings.port();
    PortClaim.requireFree(List.of(new PortClaim(port, "PostgreSQL", "--database-port")));
    ChildProcess process = server.start(port, access(port, SUPERUSER, superuserPassword));
    boolean useVectors = settings.useVectors() && extension.isPresent();
    try {
      boolean hasVectors = prepare(port, superuserPassword, passwords, useVectors);
      return new EmbeddedDatabase(
          server, process, lock, port, hasVectors, superuserPassword, passwords);
    } catch (SQLException e) {
      process.stop(STOP_LIMIT);
      throw new LaunchException("cannot prepare the database: " + e.getMessage(), e);
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public boolean hasVectors() {
    return hasVectors;
  }

  @Override
  public DatabaseAccess access(String schema) {
    @Nullable String password = passwords.get(schema);
    if (password == null) {
      throw new IllegalArgumentException("no such schema: " + schema);
    }
    return new DatabaseAccess(
        url(port, ServiceSchemas.DATABASE), ServiceSchemas.role(schema), password);
  }

  /** The way in for maintenance and for tests that look behind the services. */
  public DatabaseAccess superuser() {
    return access(port, ServiceSchemas.DATABASE, superuserPassword);
  }

  /** Completes with the exit status of the server, whoever ended it. */
  public CompletableFuture<Integer> exit() {
    return process.exit();
  }

  @Override
  public Optional<ChildProcess> process() {
    return Optional.of(process);
  }

  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        server.stop();
        process.awaitExit(STOP_LIMIT);
      }
    } finally {
      release(lock);
    }
  }

  private static boolean prepare(
      int port, String superuserPassword, Map<String, String> passwords, boolean useVectors)
      throws SQLException {
    try (Connection maintenance = access(port, "postgres", superuserPassword).connect()) {
      ServiceSchemas.createDatabase(maintenance);
    }
    DatabaseAccess superuser = access(port, ServiceSchemas.DATABASE, superuserPassword);
    try (Connection database = superuser.connect()) {
      for (Map.Entry<String, String> entry : passwords.entrySet()) {
        ServiceSchemas.createSchema(database, entry.getKey(), entry.getValue());
      }
      return useVectors && ServiceSchemas.createVectorExtension(database);
    }
  }

  private static DatabaseAccess access(int port, String database, String password) {
    return new DatabaseAccess(url(port, database), SUPERUSER, password);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  private static FileLock lock(Path directory) {
    try {
      Directories.createOwnerOnly(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory, e);
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    }
    throw new LaunchException(directory + " is in use by another stack; stop it or set --data-dir");
  }

  private static void release(FileLock lock) {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the data directory", e);
    }
  }
}
