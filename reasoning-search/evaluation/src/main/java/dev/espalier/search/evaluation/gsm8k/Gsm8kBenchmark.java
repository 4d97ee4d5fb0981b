package dev.espalier.search.evaluation.gsm8k;

import dev.espalier.equivalence.encoder.MiniLmEncoder;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.search.core.answer.AnswerComparison;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.score.ArithmeticCheck;
import dev.espalier.search.core.score.FrequencyScorer;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.evaluation.arms.Arm;
import dev.espalier.search.evaluation.arms.DetectorGrouper;
import dev.espalier.search.evaluation.arms.Experiment;
import dev.espalier.search.evaluation.arms.Outcome;
import dev.espalier.search.evaluation.arms.Report;
import dev.espalier.search.evaluation.arms.Task;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The command {@code benchmark gsm8k}. */
public final class Gsm8kBenchmark implements Command {

  private static final int DEPTH = 30;
  private static final double EXPLORATION = 1.25;

  @Override
  public String usage() {
    return """
        benchmark gsm8k            word problems, replayed over recorded solutions
          --solutions FILE...      of a model each, one problem a line, plain or gzipped
          --strategy NAME          best_of_n, mcts or beam (best_of_n)
          --scorer NAME            frequency or arithmetic_check (frequency)
          --samples N              solutions of best_of_n (32)
          --simulations N          of mcts, for each committed step (20)
          --beam N                 of beam (4)
          --width N                samples for each node of mcts and beam (10)
          --arms LIST              only those whose names are given (all)
          --part NAME              tuning, report or all (all, each half beside the whole)
          --limit N                problems (all)
          --seed N                 of samples and intervals (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of(
                "--solutions",
                "--strategy",
                "--scorer",
                "--samples",
                "--simulations",
                "--beam",
                "--width",
                "--arms",
                "--part",
                "--limit",
                "--seed"),
            Set.of());
    long seed = options.number("--seed", 1);
    StrategySpec strategy = strategy(options);
    String scorer = options.text("--scorer", "frequency");
    List<RecordedProblem> problems = problems(options);
    out.println(Machine.facts());
    out.printf(
        "%d problems, %.1f solutions each, seed %d, %s, %s%n",
        problems.size(),
        problems.stream().mapToInt(p -> p.solutions().size()).average().orElse(0),
        seed,
        strategy,
        scorer);
    Map<Arm, List<Outcome>> outcomes = new LinkedHashMap<>();
    try (MiniLmEncoder encoder = MiniLmEncoder.load()) {
      DetectorGrouper detector = new DetectorGrouper(encoder);
      Experiment experiment =
          new Experiment(strategy, scorer, scorer(scorer), Experiment.UNLIMITED, seed);
      List<Task> tasks = problems.stream().map(Gsm8kBenchmark::task).toList();
      for (Arm arm :
          Arm.named(
              options.text("--arms"),
              Arm.NONE,
              Arm.VERBATIM,
              Arm.equivalence(detector),
              Arm.transpositions(detector),
              Arm.EVERYTHING)) {
        outcomes.put(arm, experiment.run(arm, tasks));
      }
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("benchmark", "gsm8k");
    settings.put("strategy", strategy.toString());
    settings.put("scorer", scorer);
    for (String part : parts(options)) {
      List<Integer> of =
          IntStream.range(0, problems.size())
              .filter(i -> isIn(problems.get(i), part))
              .boxed()
              .toList();
      settings.put("part", part);
      Report report = new Report(settings, seed);
      outcomes.forEach((arm, all) -> report.add(arm, of.stream().map(all::get).toList()));
      out.printf("%n%s: %d problems%n", part, of.size());
      report.print(out);
    }
  }

  private static Task task(RecordedProblem problem) {
    return new Task(
        problem.question(),
        problem.question(),
        new ReplayProposer(problem.solutions()),
        answer -> AnswerComparison.same(answer, problem.gold()));
  }

  private static List<RecordedProblem> problems(Options options) {
    List<Path> files = new ArrayList<>(options.operands().stream().map(Path::of).toList());
    if (options.text("--solutions") != null) {
      files.add(0, Path.of(options.text("--solutions", "")));
    }
    if (files.isEmpty()) {
      throw new CommandException("--solutions needs a file");
    }
    String only = options.text("--part", "all");
    return SolutionFiles.read(files).stream()
        .filter(problem -> isIn(problem, only))
        .limit(options.count("--limit", Integer.MAX_VALUE))
        .toList();
  }

  private static List<String> parts(Options options) {
    String part = options.text("--part", "all");
    return part.equals("all") ? List.of("tuning", "report", "all") : List.of(part);
  }

  private static boolean isIn(RecordedProblem problem, String part) {
    return switch (part) {
      case "tuning" -> problem.isForTuning();
      case "report" -> !problem.isForTuning();
      case "all" -> true;
      default -> throw new CommandException("--part is tuning, report or all, not " + part);
    };
  }

  private static StrategySpec strategy(Options options) {
    int width = options.count("--width", 10);
    return switch (options.text("--strategy", "best_of_n")) {
      case "best_of_n" -> new StrategySpec.BestOfN(options.count("--samples", 32), DEPTH);
      case "mcts" ->
          new StrategySpec.MonteCarlo(
              options.count("--simulations", 20), width, DEPTH, EXPLORATION);
      case "beam" -> new StrategySpec.Beam(options.count("--beam", 4), width, DEPTH);
      default -> throw new CommandException("--strategy is best_of_n, mcts or beam");
    };
  }

  private static StepScorer scorer(String name) {
    return switch (name) {
      case "frequency" -> new FrequencyScorer();
      case "arithmetic_check" -> new ArithmeticCheck();
      default -> throw new CommandException("--scorer is frequency or arithmetic_check");
    };
  }
}
