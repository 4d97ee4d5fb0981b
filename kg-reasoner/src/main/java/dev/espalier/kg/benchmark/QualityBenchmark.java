package dev.espalier.kg.benchmark;

import dev.espalier.kg.core.evaluate.Evaluation;
import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.train.Trainer;
import dev.espalier.kg.core.train.TrainingState;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Trains and evaluates. */
public final class QualityBenchmark {
  private QualityBenchmark() {}

  public static void main(String[] args) throws IOException {
    Arguments a = Arguments.of(args);
    SplitGraph data = GraphFiles.read(a.requiredPath("data"));
    SplitGraph test =
        a.path("inductive").isPresent() ? GraphFiles.read(a.path("inductive").get()) : data;
    Kernels kernels = Kernels.best();
    int layers = a.integer("layers", 5);
    ModelConfig config =
        ModelConfig.of(a.integer("dim", 32), layers, a.integer("keep", 200))
            .with(Activation.valueOf(a.text("act").orElse("identity").toUpperCase(Locale.ROOT)));
    String experts = a.text("experts").orElse("ase");
    config =
        config.with(
            new ModelConfig.Pruning(
                experts.contains("a"),
                experts.contains("s"),
                experts.contains("e"),
                a.integer("decide", 2)));
    config =
        config.with(
            new ModelConfig.Lengths(
                a.integer("lengths", 0) > 0,
                Math.max(1, layers - a.integer("lengths", 2) + 1),
                a.integer("k1", 2),
                1,
                0));
    config = config.withPrefilter(a.integer("prefilter", 3));
    TrainingConfig training =
        new TrainingConfig(
            a.number("lr", 0.003),
            a.number("decay", 0.99),
            a.number("l2", 1e-4),
            a.number("dropout", 0.1),
            a.integer("batch", 20),
            a.integer("epochs", 20),
            a.integer("patience", 10),
            a.integer("queries", 0),
            a.integer("valid", 2000),
            a.integer("warm", 1),
            a.number("balance", 0.01),
            2);
    Trainer trainer = new Trainer(data, kernels, System::nanoTime);
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    TrainingState state =
        trainer.train(
            TrainingState.initial(
                config, training, data.graph().relationCount(), a.integer("seed", 1)),
            Duration.ofSeconds(a.integer("budget", 3600)),
            (report, s) -> {
              System.out.println(report);
              if (a.path("out").isPresent()) {
                try {
                  java.nio.file.Files.write(
                      a.path("out").get(),
                      dev.espalier.kg.artefact.ModelArtefact.write(trainer.model(s)));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            });
    cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() - cpu;
    ReasoningModel model = trainer.model(state);
    Weights weights = new Weights(config, model.relations().size(), model.parameters(), kernels);
    Evaluation evaluation =
        new Evaluator(
                weights,
                BoundGraph.of(test.graph(), model.relations()),
                test.known(),
                kernels,
                config.keep())
            .evaluate(test.test(), 2);
    System.out.println("cpu " + cpu / 1e3 + " valid " + state.bestMrr() + " " + evaluation);
  }
}
