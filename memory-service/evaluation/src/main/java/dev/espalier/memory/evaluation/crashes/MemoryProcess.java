package dev.espalier.memory.evaluation.crashes;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.measuring.process.ServiceProcess;
import dev.espalier.memory.evaluation.client.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The packaged memory-service as a process of ours, on a free port. */
final class MemoryProcess implements Victim, AutoCloseable {

  private final ServiceProcess process;

  MemoryProcess(Path jar, DatabaseAccess database, Path log) {
    process =
        new ServiceProcess(
            name(),
            jar,
            List.of("-XX:+UseSerialGC", "-Xmx512m"),
            Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password()),
            log);
  }

  @Override
  public String name() {
    return "memory-service";
  }

  Endpoint endpoint() {
    return Endpoint.direct(process.url());
  }

  @Override
  public void restart() {
    process.start();
  }

  @Override
  public void kill() {
    process.kill();
  }

  /** Kills it: what it has to keep is in the database. */
  @Override
  public void close() {
    process.close();
  }
}
