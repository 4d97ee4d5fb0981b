package dev.espalier.memory.evaluation.crashes;

import dev.espalier.launcher.Directories;
import dev.espalier.launcher.LaunchException;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.measuring.process.ServiceProcess;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The command {@code benchmark crashes}. */
public final class CrashBenchmark implements Command {

  /** Longer than the service lets any request take. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(40);

  @Override
  public String usage() {
    return """
        benchmark crashes          kills memory-service and PostgreSQL among appends, on a stack of its own
          --rounds N               kills of memory-service, each in a conversation of its own (10)
          --database-rounds N      kills of PostgreSQL (2)
          --appends N              appends in each round (2000)
          --service JAR            the packaged service (that of this build)
          --seed N                 of the moments of the kills, and of what is appended (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of("--rounds", "--database-rounds", "--appends", "--service", "--seed"),
            Set.of());
    Rehearsal.Plan plan =
        new Rehearsal.Plan(
            options.count("--rounds", 10),
            options.count("--database-rounds", 2),
            options.count("--appends", 2000),
            options.number("--seed", 1));
    Path jar = ServiceProcess.packaged(options.text("--service"), CrashBenchmark.class);
    Path directory = temporary();
    out.println(Machine.facts());
    out.println("seed: " + plan.seed());
    boolean isClean = false;
    try (PostgresProcess postgres = new PostgresProcess(directory.resolve("database"));
        MemoryProcess service =
            new MemoryProcess(jar, postgres.access(), directory.resolve("memory-service.log"))) {
      service.restart();
      var http = new MemoryHttp(service.endpoint(), REQUEST_TIMEOUT);
      isClean = new Rehearsal(plan, service, postgres, http, out).run();
    } catch (LaunchException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    if (!isClean) {
      throw new CommandException("something was lost or done twice; see " + directory);
    }
    Directories.delete(directory);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("espalier-crashes");
    } catch (IOException e) {
      throw new CommandException("no temporary directory: " + e.getMessage(), e);
    }
  }
}
