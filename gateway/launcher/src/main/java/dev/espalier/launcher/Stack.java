package dev.espalier.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running processes: the database, the services behind the gateway, the gateway.
 *
 * <p>They stop in the opposite order. Only what has an artefact is started.
 */
final class Stack implements AutoCloseable {

  /** Longer than the services give the requests that are in flight. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(40);

  private final Path root;
  private final UpOptions options;
  private final ApiKey key;
  private final Console console;
  private final Deque<ChildProcess> services = new ArrayDeque<>();
  private final CompletableFuture<ChildProcess> firstDeath = new CompletableFuture<>();
  private @Nullable Database database;
  private volatile boolean isStopping;

  Stack(Path root, UpOptions options, ApiKey key, Console console) {
    this.root = root;
    this.options = options;
    this.key = key;
    this.console = console;
  }

  /**
   * Starts everything and waits until it is ready, or until something of it has ended.
   *
   * @throws LaunchException if it cannot start
   */
  void start() {
    if (!Files.exists(ServiceSpec.GATEWAY.artefact(root))) {
      throw new LaunchException("the gateway is not built: start it with ./espalier up");
    }
    List<ServiceSpec> behind =
        ServiceSpec.BEHIND_GATEWAY.stream()
            .filter(service -> Files.exists(service.artefact(root)))
            .toList();
    List<ServiceSpec> all = Stream.concat(behind.stream(), Stream.of(ServiceSpec.GATEWAY)).toList();
    PortClaim.requireFree(
        all.stream()
            .map(it -> new PortClaim(options.port(it), it.name(), it.portOption()))
            .toList());

    List<String> schemas = all.stream().filter(ServiceSpec::stores).map(ServiceSpec::key).toList();
    Database storage = openDatabase(schemas);
    Map<String, String> upstreams = new HashMap<>();
    ApiKey internal = ApiKey.internal(options.dataDirectory());
    upstreams.put("ESPALIER_INTERNAL_KEY", internal.value());
    upstreams.put("ESPALIER_INTERNAL_URL", "http://127.0.0.1:" + options.port(ServiceSpec.GATEWAY));
    for (ServiceSpec service : behind) {
      Map<String, String> settings = new HashMap<>(upstreams);
      settings.putAll(databaseEnvironment(service, storage));
      start(service, settings);
      String url = "http://127.0.0.1:" + options.port(service);
      service.urlVariables().forEach(variable -> upstreams.put(variable, url));
    }
    Map<String, String> settings = new HashMap<>(upstreams);
    settings.remove("ESPALIER_INTERNAL_KEY");
    settings.putAll(databaseEnvironment(ServiceSpec.GATEWAY, storage));
    settings.put("ESPALIER_GATEWAY_KEYS_LOCAL_SHA256", key.sha256());
    settings.put("ESPALIER_GATEWAY_KEYS_LOCAL_TENANT", "local");
    settings.put("ESPALIER_GATEWAY_KEYS_INTERNAL_SHA256", internal.sha256());
    settings.put("ESPALIER_GATEWAY_KEYS_INTERNAL_TENANT", "internal");
    settings.put("ESPALIER_GATEWAY_KEYS_INTERNAL_SCOPES", "internal");
    start(ServiceSpec.GATEWAY, settings);

    Readiness readiness = new Readiness();
    for (ServiceSpec service : all) {
      readiness.await(service, options.port(service), firstDeath);
    }
  }

  /** Completes with the first process that ends without being asked to. */
  CompletableFuture<ChildProcess> firstDeath() {
    return firstDeath;
  }

  synchronized boolean hasVectors() {
    return database != null && database.hasVectors();
  }

  /** Every process that is ours, the last one started first. */
  synchronized List<ChildProcess> processes() {
    List<ChildProcess> all = new ArrayList<>(services);
    if (database != null) {
      database.process().ifPresent(all::add);
    }
    return all;
  }

  /** Stops the gateway first and the database last; does nothing the second time. */
  @Override
  public void close() {
    isStopping = true;
    stopAll();
  }

  private synchronized void stopAll() {
    while (!services.isEmpty()) {
      services.pop().stop(STOP_GRACE);
    }
    if (database != null) {
      database.close();
      database = null;
    }
  }

  private synchronized Database openDatabase(List<String> schemas) {
    DatabaseAccess external = options.external();
    Database opened =
        external != null
            ? ExternalDatabase.open(external, schemas)
            : EmbeddedDatabase.start(
                new EmbeddedDatabase.Settings(
                    options.dataDirectory(),
                    options.databasePort(),
                    schemas,
                    true,
                    console.lines("postgres")));
    database = opened;
    opened.process().ifPresent(this::watch);
    console.say(
        opened.hasVectors()
            ? "pgvector is installed"
            : "pgvector is not installed: vectors can be searched inside memory-service only");
    return opened;
  }

  private synchronized void start(ServiceSpec service, Map<String, String> settings) {
    if (isStopping) {
      throw new LaunchException("stopped while starting");
    }
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(options.port(service)));
    environment.put("QUARKUS_BANNER_ENABLED", "false");
    ChildProcess process =
        ChildProcess.start(
            service.name(),
            new Tether("TERM", service.command(root)),
            environment,
            console.lines(service.name()));
    services.push(process);
    watch(process);
  }

  private static Map<String, String> databaseEnvironment(ServiceSpec service, Database database) {
    if (!service.stores()) {
      return Map.of();
    }
    DatabaseAccess access = database.access(service.key());
    return Map.of(
        "QUARKUS_DATASOURCE_JDBC_URL", access.jdbcUrl(),
        "QUARKUS_DATASOURCE_USERNAME", access.user(),
        "QUARKUS_DATASOURCE_PASSWORD", access.password());
  }

  private void watch(ChildProcess process) {
    process
        .exit()
        .whenComplete(
            (status, failure) -> {
              if (!isStopping) {
                firstDeath.complete(process);
              }
            });
  }
}
