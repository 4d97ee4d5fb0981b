package dev.espalier.memory.evaluation.recall;

import dev.espalier.memory.evaluation.client.Endpoint;
import dev.espalier.memory.evaluation.client.LocalKey;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The command {@code evaluate forgetting}. */
public final class ForgettingCommand implements Command {

  private final Map<String, String> environment;

  public ForgettingCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String usage() {
    return """
        evaluate forgetting FILE...   what forgetting costs in evidence recall at 50, by policy
          --shares LIST            which shares of the turns are cut (0.2,0.34,0.5)
          --no-use                 ask no question before the cut
          --require LIST           fail above these losses in points, such as activation soft 0.34=1
          --url URL, --key KEY, --data-dir DIR, --seed N   as for evaluate recall
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of("--shares", "--require", "--url", "--key", "--data-dir", "--seed"),
            Set.of("--no-use"));
    if (options.operands().isEmpty()) {
      throw new CommandException("name at least one file in LoCoMo's format");
    }
    long seed = options.number("--seed", 1);
    List<Double> shares = shares(options.text("--shares", "0.2,0.34,0.5"));
    Requirements requirements = Requirements.parse(options.text("--require"));
    List<Dialogue> dialogues =
        options.operands().stream().map(Path::of).map(LocomoFile::read).toList();
    String key = LocalKey.find(options.text("--key"), options.text("--data-dir"), environment);
    Endpoint gateway = Endpoint.gateway(options.text("--url", "http://127.0.0.1:8080"), key);
    var memory = new MemoryApi(new MemoryHttp(gateway, Duration.ofSeconds(60)));

    out.println(Machine.facts());
    out.println("seed: " + seed);
    var evaluation =
        new ForgettingEvaluation(memory, Cut.all(shares, seed), !options.has("--no-use"));
    for (Dialogue dialogue : dialogues) {
      evaluation.measure(dialogue);
      out.printf("%s: measured%n", dialogue.name());
    }
    new ForgettingReport(evaluation.scores(), shares, seed, out).print();
    require(requirements, evaluation.scores(), seed);
  }

  private static List<Double> shares(String text) {
    List<Double> shares = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        shares.add(Double.valueOf(part.strip()));
      } catch (NumberFormatException e) {
        throw new CommandException("--shares takes 0.2,0.34, not " + part, e);
      }
    }
    return shares;
  }

  private static void require(Requirements requirements, Scores scores, long seed) {
    ToDoubleFunction<String> loss = measure -> ForgettingReport.loss(scores, measure, seed);
    List<String> missed = new ArrayList<>();
    requirements
        .atLeast()
        .forEach(
            (measure, most) -> {
              if (!scores.measures().contains(measure)) {
                throw new CommandException("--require knows no " + measure);
              }
              if (loss.applyAsDouble(measure) > most) {
                missed.add("%s loses %.2f".formatted(measure, loss.applyAsDouble(measure)));
              }
            });
    if (!missed.isEmpty()) {
      throw new CommandException("too much: " + String.join("; ", missed));
    }
  }
}
