package dev.espalier.memory.evaluation.recall;

import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.memory.evaluation.client.Endpoint;
import dev.espalier.memory.evaluation.client.LocalKey;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command {@code evaluate recall}. */
public final class RecallCommand implements Command {

  private final Map<String, String> environment;

  public RecallCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String usage() {
    return """
        evaluate recall FILE...    evidence recall over LoCoMo conversations, through a running stack
          --url URL                the gateway (http://127.0.0.1:8080)
          --key KEY                its API key; or ESPALIER_API_KEY, or the one that up has stored
          --data-dir DIR           where up stored it, when up was given another directory
          --require LIST           fail below these per cents, such as r@5=65,dense r@5=50,block@1000=81
          --seed N                 of the bootstrap intervals (1)
          --keep                   leave the conversations in the memory
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of("--url", "--key", "--data-dir", "--require", "--seed"),
            Set.of("--keep"));
    if (options.operands().isEmpty()) {
      throw new CommandException("name at least one file in LoCoMo's format");
    }
    Requirements requirements = Requirements.parse(options.text("--require"));
    long seed = options.number("--seed", 1);
    List<Dialogue> dialogues =
        options.operands().stream().map(Path::of).map(LocomoFile::read).toList();
    String key = LocalKey.find(options.text("--key"), options.text("--data-dir"), environment);
    Endpoint gateway = Endpoint.gateway(options.text("--url", "http://127.0.0.1:8080"), key);
    var memory = new MemoryApi(new MemoryHttp(gateway, Duration.ofSeconds(60)));

    out.println(Machine.facts());
    out.println("seed: " + seed);
    RecallEvaluation evaluation = evaluate(memory, dialogues, options.has("--keep"), out);
    Scores scores = evaluation.scores();
    RecallReport report = new RecallReport(scores, seed, out);
    report.print(evaluation.millis());
    out.println("\n" + report.json());
    require(requirements, scores, seed);
  }

  private static RecallEvaluation evaluate(
      MemoryApi memory, List<Dialogue> dialogues, boolean isKept, PrintStream out) {
    var evaluation = new RecallEvaluation(memory);
    List<String> conversations = new ArrayList<>();
    try {
      for (Dialogue dialogue : dialogues) {
        long start = System.nanoTime();
        String conversation = evaluation.store(dialogue);
        conversations.add(conversation);
        out.printf(
            "%s: %,d turns stored and embedded in %.1f s; %,d questions, %d without evidence%n",
            dialogue.name(),
            dialogue.turns().size(),
            (System.nanoTime() - start) / 1e9,
            dialogue.questions().size(),
            dialogue.withoutEvidence());
        evaluation.summarise(dialogue, conversation);
        dialogue
            .questions()
            .forEach(question -> evaluation.ask(dialogue.name(), conversation, question));
      }
    } finally {
      if (!isKept) {
        conversations.forEach(memory::delete);
      }
    }
    return evaluation;
  }

  private static void require(Requirements requirements, Scores scores, long seed) {
    for (String measure : requirements.atLeast().keySet()) {
      if (!scores.measures().contains(measure)) {
        throw new CommandException(
            "--require knows no " + measure + ", only " + String.join(", ", scores.measures()));
      }
    }
    List<String> missed = requirements.missed(measure -> scores.mean(measure, null, seed).mean());
    if (!missed.isEmpty()) {
      throw new CommandException("too low: " + String.join("; ", missed));
    }
  }
}
