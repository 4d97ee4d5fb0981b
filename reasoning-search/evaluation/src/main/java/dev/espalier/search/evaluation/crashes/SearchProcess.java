package dev.espalier.search.evaluation.crashes;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.measuring.process.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The packaged reasoning-search as a process of ours, on a free port. */
final class SearchProcess implements AutoCloseable {

  private static final String UPSTREAM = "ESPALIER_SEARCH_UPSTREAMS_COUNTING_";

  private final ServiceProcess process;

  /**
   * @param model the URL of the model it asks
   */
  SearchProcess(Path jar, DatabaseAccess database, String model, Path log) {
    process =
        new ServiceProcess(
            "reasoning-search",
            jar,
            List.of("-XX:+UseSerialGC", "-Xmx512m"),
            Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME",
                database.user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                database.password(),
                "ESPALIER_SEARCH_WORKERS_LEASE",
                "3S",
                UPSTREAM + "URL",
                model,
                UPSTREAM + "MODELS",
                "counting",
                UPSTREAM + "SUPPORTS_N",
                "false",
                UPSTREAM + "MAX_CONCURRENCY",
                "64",
                UPSTREAM + "ALLOW_PRIVATE_ADDRESSES",
                "true",
                // The model counts by search.
                UPSTREAM + "FORWARDS_TENANT",
                "true"),
            log);
  }

  SearchApi api() {
    return SearchApi.direct(process.url());
  }

  /** Starts it and waits until it is ready. */
  void start() {
    process.start();
  }

  /** Asks it to stop, as a roll-out does, and says how long it took. */
  Duration stop() {
    return process.stop();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
