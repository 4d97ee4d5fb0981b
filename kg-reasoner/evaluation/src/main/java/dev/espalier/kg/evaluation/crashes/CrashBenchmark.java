package dev.espalier.kg.evaluation.crashes;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.launcher.Directories;
import dev.espalier.launcher.EmbeddedDatabase;
import dev.espalier.launcher.LaunchException;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.measuring.process.ServiceProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command {@code benchmark kg-crashes}. */
public final class CrashBenchmark implements Command {

  private static final String SCHEMA = "kg";

  @Override
  public String usage() {
    return """
        benchmark kg-crashes       kills kg-reasoner while it trains, on a stack of its own
          --kills N                kills (5)
          --people N               in the generated graph (600)
          --epochs N               of the training (15)
          --queries N              of each epoch (3000)
          --service JAR            the packaged service (that of this build)
          --seed N                 of the graph, the training and the moments of the kills (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of("--kills", "--people", "--epochs", "--queries", "--service", "--seed"),
            Set.of());
    Rehearsal.Plan plan =
        new Rehearsal.Plan(
            options.count("--kills", 5),
            options.count("--people", 600),
            options.count("--epochs", 15),
            options.count("--queries", 3000),
            options.number("--seed", 1));
    Path jar = ServiceProcess.packaged(options.text("--service"), CrashBenchmark.class);
    Path directory = temporary();
    out.println(Machine.facts());
    out.println("seed: " + plan.seed());
    var settings =
        new EmbeddedDatabase.Settings(
            directory.resolve("database"), 0, List.of(SCHEMA), false, line -> {});
    boolean isClean;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(settings);
        ServiceProcess service = process(jar, database.access(SCHEMA), directory)) {
      service.start();
      isClean = new Rehearsal(plan, service, out).run();
    } catch (LaunchException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    if (!isClean) {
      throw new CommandException(
          "an epoch was lost, the models differ, or the training ended before the last kill; see "
              + directory);
    }
    Directories.delete(directory);
  }

  private static ServiceProcess process(Path jar, DatabaseAccess database, Path directory) {
    List<String> jvm = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      jvm.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    return new ServiceProcess(
        "kg-reasoner",
        jar,
        jvm,
        Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
            "QUARKUS_DATASOURCE_USERNAME", database.user(),
            "QUARKUS_DATASOURCE_PASSWORD", database.password(),
            "ESPALIER_KG_JOBS_LEASE", "3S"),
        directory.resolve("service.log"));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("espalier-kg-crashes");
    } catch (IOException e) {
      throw new CommandException("no temporary directory: " + e.getMessage(), e);
    }
  }
}
