package dev.espalier.search.evaluation.game24;

import dev.espalier.equivalence.encoder.MiniLmEncoder;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.search.core.arithmetic.ArithmeticProblem;
import dev.espalier.search.core.arithmetic.ArithmeticProof;
import dev.espalier.search.core.arithmetic.ArithmeticProposer;
import dev.espalier.search.core.arithmetic.Habits;
import dev.espalier.search.core.score.ArithmeticCheck;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.evaluation.arms.Arm;
import dev.espalier.search.evaluation.arms.DetectorGrouper;
import dev.espalier.search.evaluation.arms.Experiment;
import dev.espalier.search.evaluation.arms.Report;
import dev.espalier.search.evaluation.arms.Task;
import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The command {@code benchmark game24}. */
public final class Game24Benchmark implements Command {

  private static final int PUZZLES = 200;
  private static final int DEPTH = 8;
  private static final double EXPLORATION = 1.25;

  /** With a budget of tokens, the simulations are no limit any more. */
  private static final int PLENTY = 100_000;

  @Override
  public String usage() {
    return """
        benchmark game24           Game of 24 without a model: what each way of merging saves
          --puzzles N              made for the run, all of them solvable (200)
          --runs N                 searches of each puzzle, by other seeds (1)
          --without SEED           none of the 200 that this seed makes, for tuning
          --duplicates LIST        shares of samples that repeat one in other words (0,0.2,0.4,0.6)
          --simulations N          for each committed step (100)
          --width N                samples for each node (10)
          --arms LIST              only those whose names are given (all)
          --simulations-only       not with equal tokens too
          --seed N                 of puzzles, samples and intervals (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of(
                "--puzzles",
                "--runs",
                "--without",
                "--duplicates",
                "--simulations",
                "--width",
                "--arms",
                "--seed"),
            Set.of("--simulations-only"));
    long seed = options.number("--seed", 1);
    int simulations = options.count("--simulations", 100);
    int width = options.count("--width", 10);
    List<String> puzzles = puzzles(options, seed);
    int runs = options.count("--runs", 1);
    out.println(Machine.facts());
    out.printf(
        "%d puzzles, each searched %d times, seed %d, mcts: %d simulations a step, width %d, exploration %s;"
            + " arithmetic_check%n",
        puzzles.size(), runs, seed, simulations, width, EXPLORATION);
    try (MiniLmEncoder encoder = MiniLmEncoder.load()) {
      DetectorGrouper detector = new DetectorGrouper(encoder);
      List<Arm> arms =
          Arm.named(
              options.text("--arms"),
              Arm.NONE,
              Arm.VERBATIM,
              Arm.equivalence(detector),
              Arm.EVERYTHING,
              Arm.oracle(new StateGrouper()),
              Arm.transpositions(detector));
      for (double duplicates : shares(options.text("--duplicates", "0,0.2,0.4,0.6"))) {
        List<Task> once = tasks(puzzles, Habits.RECORDED.repeating(duplicates));
        List<Task> tasks = Collections.nCopies(runs, once).stream().flatMap(List::stream).toList();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("benchmark", "game24");
        settings.put("duplicates", duplicates);
        settings.put("simulations", simulations);
        settings.put("width", width);
        Report equal = new Report(settings, seed, runs);
        Experiment experiment = experiment(simulations, width, seed);
        arms.forEach(arm -> equal.add(arm, experiment.run(arm, tasks)));
        out.printf("%nduplicates in other words: %.2f; equal simulations%n", duplicates);
        equal.print(out);
        if (options.has("--simulations-only")) {
          continue;
        }
        long tokens = Math.round(equal.tokens(Arm.VERBATIM));
        settings.put("simulations", null);
        settings.put("tokens_limit", tokens);
        Report budget = new Report(settings, seed, runs);
        Experiment limited = experiment(PLENTY, width, seed).within(tokens);
        arms.forEach(arm -> budget.add(arm, limited.run(arm, tasks)));
        out.printf("%nduplicates in other words: %.2f; %d tokens each%n", duplicates, tokens);
        budget.print(out);
      }
    }
  }

  private static List<String> puzzles(Options options, long seed) {
    Set<String> without = Set.of();
    if (options.text("--without") != null) {
      without = Set.copyOf(Puzzles.make(PUZZLES, options.number("--without", 0), Set.of()));
    }
    try {
      return Puzzles.make(options.count("--puzzles", PUZZLES), seed, without);
    } catch (IllegalArgumentException e) {
      throw new CommandException("--puzzles: " + e.getMessage(), e);
    }
  }

  static Experiment experiment(int simulations, int width, long seed) {
    return new Experiment(
        new StrategySpec.MonteCarlo(simulations, width, DEPTH, EXPLORATION),
        "arithmetic_check",
        new ArithmeticCheck(),
        Experiment.UNLIMITED,
        seed);
  }

  static List<Task> tasks(List<String> puzzles, Habits habits) {
    ArithmeticProposer proposer = new ArithmeticProposer(habits);
    return puzzles.stream()
        .map(puzzle -> new Task(puzzle, puzzle, proposer, answer -> isRight(puzzle, answer)))
        .toList();
  }

  private static boolean isRight(String puzzle, String answer) {
    return ArithmeticProof.holds(
        ArithmeticProblem.parse(puzzle).orElseThrow(), "Answer: " + answer);
  }

  private static List<Double> shares(String list) {
    try {
      return Stream.of(list.split(",")).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new CommandException("--duplicates needs shares such as 0,0.2, not " + list, e);
    }
  }
}
