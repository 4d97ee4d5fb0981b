package dev.espalier.search.evaluation.crashes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.launcher.Directories;
import dev.espalier.launcher.EmbeddedDatabase;
import dev.espalier.launcher.LaunchException;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.measuring.command.Pause;
import dev.espalier.measuring.process.ServiceProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The command {@code benchmark search-crashes}. */
public final class CrashBenchmark implements Command {

  private static final String SCHEMA = "reasoning";
  private static final Duration FIRST_KILL = Duration.ofSeconds(1);
  private static final int KILL_SPREAD_MILLIS = 2_000;
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final String SEARCH =
      """
      {"problem": "Which case is it? (%d)", "proposer": {"type": "chat", "model": "counting"},
       "strategy": {"type": "mcts", "simulations": 6, "width": 4, "depth": 6},
       "pruning": {"mode": "verbatim"}, "seed": %d}
      """;

  @Override
  public String usage() {
    return """
        benchmark search-crashes   kills reasoning-search among searches, on a stack of its own
          --searches N             searches at once (50)
          --stops N                SIGTERM among searches, streams and requests, first (1)
          --kills N                SIGKILL among searches (5)
          --service JAR            the packaged service (that of this build)
          --seed N                 of the moments of the kills, and of the model's answers (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments, Set.of("--searches", "--stops", "--kills", "--service", "--seed"), Set.of());
    long seed = options.number("--seed", 1);
    int searches = options.count("--searches", 50);
    long stops = options.number("--stops", 1);
    long kills = options.number("--kills", 5);
    Path jar = ServiceProcess.packaged(options.text("--service"), CrashBenchmark.class);
    Path directory = temporary();
    out.println(Machine.facts());
    out.println("seed: " + seed);
    var settings =
        new EmbeddedDatabase.Settings(
            directory.resolve("database"), 0, List.of(SCHEMA), false, line -> {});
    Audit audit;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(settings);
        CountingModel model = new CountingModel(seed);
        SearchProcess service =
            new SearchProcess(
                jar, database.access(SCHEMA), model.url(), directory.resolve("service.log"))) {
      service.start();
      audit = rehearse(service, model, searches, stops, kills, new Random(seed), out);
    } catch (LaunchException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    audit.print(out);
    if (!audit.isClean(kills > 0)) {
      throw new CommandException("something was lost or paid twice; see " + directory);
    }
    Directories.delete(directory);
  }

  private static Audit rehearse(
      SearchProcess service,
      CountingModel model,
      int searches,
      long stops,
      long kills,
      Random random,
      PrintStream out) {
    SearchApi api = service.api();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < searches; i++) {
      ids.add(api.start(SEARCH.formatted(i, i)));
    }
    Audit audit = new Audit();
    for (int stop = 1; stop <= stops && api.open() > 0; stop++) {
      Pause.of(FIRST_KILL.plusMillis(random.nextInt(KILL_SPREAD_MILLIS)));
      audit.add(StopRehearsal.of(service, ids, out));
      service.start();
    }
    for (int kill = 1; kill <= kills && api.open() > 0; kill++) {
      Pause.of(FIRST_KILL.plusMillis(random.nextInt(KILL_SPREAD_MILLIS)));
      int open = api.open();
      service.kill();
      long killed = System.nanoTime();
      service.start();
      out.printf(
          "kill %d: %d of %d searches were open, %d calls so far; ready again after %.1f s%n",
          kill, open, searches, model.received(), (System.nanoTime() - killed) / 1e9);
    }
    long start = System.nanoTime();
    while (api.open() > 0 && System.nanoTime() - start < LIMIT.toNanos()) {
      Pause.of(LOOK);
    }
    for (String id : ids) {
      JsonNode search = api.read(id);
      audit.add(search, model.received(id));
    }
    return audit;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("espalier-search-crashes");
    } catch (IOException e) {
      throw new CommandException("no temporary directory: " + e.getMessage(), e);
    }
  }
}
