package dev.espalier.kg.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.kg.artefact.CheckpointArtefact;
import dev.espalier.kg.artefact.ModelArtefact;
import dev.espalier.kg.core.evaluate.Calibrator;
import dev.espalier.kg.core.evaluate.Evaluation;
import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.evaluate.Reliability;
import dev.espalier.kg.core.explain.Engine;
import dev.espalier.kg.core.explain.Fidelity;
import dev.espalier.kg.core.explain.PathEngine;
import dev.espalier.kg.core.explain.ReasoningPath;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.train.AutoConfig;
import dev.espalier.kg.core.train.Trainer;
import dev.espalier.kg.core.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains on a graph given by path and reports on its test part, or on another graph with the same
 * relations. Options: {@code --data DIR [--inductive DIR] [--seeds 1,2,3] [--budget-seconds N]
 * [--model FILE] [--out FILE] [--checkpoint FILE] [--ask-keep K] [--fidelity QUERIES]} and those of
 * {@link ConfigOptions}. With {@code --model} nothing is trained. Prints a line per epoch and a
 * line of JSON per seed.
 */
public final class QualityBenchmark {

  /** Triples that probabilities are fitted on, and measured on. */
  private static final int CALIBRATED = 500;

  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Arguments arguments;
  private final SplitGraph data;
  private final SplitGraph asked;
  private final Kernels kernels = Kernels.best();

  private QualityBenchmark(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.data = GraphFiles.read(arguments.requiredPath("data"));
    Optional<Path> inductive = arguments.path("inductive");
    this.asked = inductive.isPresent() ? GraphFiles.read(inductive.get()) : data;
  }

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    QualityBenchmark benchmark = new QualityBenchmark(arguments);
    for (String seed : arguments.text("seeds").orElse("1").split(",")) {
      benchmark.run(Long.parseLong(seed));
    }
  }

  private void run(long seed) throws IOException {
    double before = cpuSeconds();
    Optional<Path> stored = arguments.path("model");
    ReasoningModel model =
        stored.isPresent() ? ModelArtefact.read(Files.readAllBytes(stored.get())) : train(seed);
    double trained = cpuSeconds() - before;
    Weights weights =
        new Weights(model.config(), model.relations().size(), model.parameters(), kernels);
    BoundGraph bound = BoundGraph.of(asked.graph(), model.relations());
    Evaluation evaluation =
        new Evaluator(
                weights,
                bound,
                asked.known(),
                kernels,
                arguments.integer("ask-keep", model.config().keep()))
            .evaluate(asked.test(), 2);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("data", arguments.requiredPath("data").getFileName().toString());
    line.put("seed", seed);
    line.put("evaluation", evaluation);
    line.put("training_cpu_seconds", trained);
    line.put("config", model.config());
    line.put("provenance", model.provenance());
    line.put("reliability", reliability(model, asked));
    if (asked != data) {
      line.put("reliability_by_trained_graph", reliability(model, data));
    }
    int explained = arguments.integer("fidelity", 0);
    if (explained > 0) {
      line.put("fidelity", fidelity(model, explained));
    }
    System.out.println(JSON.writeValueAsString(line));
  }

  private ReasoningModel train(long seed) throws IOException {
    Trainer trainer = new Trainer(data, kernels, System::nanoTime);
    Optional<Path> checkpoint = arguments.path("checkpoint");
    TrainingState state =
        trainer.train(
            start(seed, checkpoint),
            Duration.ofSeconds(arguments.integer("budget-seconds", 3600)),
            (report, reached) -> {
              System.out.println(report);
              checkpoint.ifPresent(file -> keep(file, reached));
            });
    ReasoningModel model = trainer.model(state);
    Optional<Path> out = arguments.path("out");
    if (out.isPresent()) {
      Files.write(out.get(), ModelArtefact.write(model));
    }
    return model;
  }

  private TrainingState start(long seed, Optional<Path> checkpoint) throws IOException {
    if (checkpoint.isPresent() && Files.exists(checkpoint.get())) {
      return CheckpointArtefact.read(Files.readAllBytes(checkpoint.get()));
    }
    AutoConfig config = ConfigOptions.apply(arguments, AutoConfig.of(data.graph(), 2));
    return TrainingState.initial(
        config.model(), config.training(), data.graph().relationCount(), seed);
  }

  /** In one step, so that a kill leaves the old checkpoint or the new one. */
  private void keep(Path file, TrainingState state) {
    try {
      Path next = Path.of(file + ".next");
      Files.write(next, CheckpointArtefact.write(state, data.graph().relationCount()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of probabilities that are fitted on a graph's validation part, as the service does. */
  private Reliability reliability(ReasoningModel model, SplitGraph fitted) {
    Explorer raw = new Explorer(model, kernels, System::nanoTime);
    Explorer explorer =
        Calibrator.fit(raw, raw.bind(fitted.graph()), fitted.valid(), CALIBRATED)
            .map(raw::with)
            .orElse(raw);
    Triple[] test = Evaluator.sample(asked.test(), CALIBRATED);
    return Reliability.of(explorer, explorer.bind(asked.graph()), asked.known(), test);
  }

  /** How often the best answer of a test query changes without its path, and without others. */
  private Map<String, Integer> fidelity(ReasoningModel model, int queries) {
    Explorer explorer = new Explorer(model, kernels, System::nanoTime);
    Engine engine = new PathEngine(explorer, explorer.bind(asked.graph()));
    int asks = 0;
    int changed = 0;
    int changedByRandom = 0;
    for (Triple t : Evaluator.sample(asked.test(), queries)) {
      Query query = Query.ofHead(t.head(), t.relation(), 1);
      Answers answers = engine.answer(query);
      if (answers.answers().isEmpty()) {
        continue;
      }
      int best = answers.answers().get(0).entity();
      List<ReasoningPath> paths = engine.paths(query, best, 1);
      if (!paths.isEmpty()) {
        Fidelity fidelity = Fidelity.of(engine, query, paths.get(0), asks);
        asks++;
        changed += fidelity.changed() ? 1 : 0;
        changedByRandom += fidelity.changedByRandom() ? 1 : 0;
      }
    }
    return Map.of("queries", asks, "changed", changed, "changed_by_random", changedByRandom);
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }
}
