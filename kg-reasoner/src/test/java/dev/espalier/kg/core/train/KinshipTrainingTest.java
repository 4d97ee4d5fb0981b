package dev.espalier.kg.core.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.evaluate.Evaluation;
import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KinshipTrainingTest {

  private static final long SEED = 3;

  @Test
  void learnsWhoIsRelatedToWhom() {
    // Given a generated graph
    SplitGraph data = new KinshipGenerator(500, 4, SEED).split();
    Kernels kernels = Kernels.best();
    Trainer trainer = new Trainer(data, kernels, System::nanoTime);
    ModelConfig config = ModelConfig.of(16, 3, 60);
    TrainingConfig training =
        new TrainingConfig(0.006, 0.8, 1e-5, 0.9, 0, 20, 5, 5, 5000, 300, 0, 1, 0.01, 2);

    // When a small model is trained for a moment
    TrainingState state =
        trainer.train(
            TrainingState.initial(config, training, data.graph().relationCount(), SEED),
            Duration.ofSeconds(120),
            TrainingListener.none());
    ReasoningModel model = trainer.model(state);

    // Then it finds the relatives that were held back
    Evaluation evaluation =
        new Evaluator(
                new Weights(config, model.relations().size(), model.parameters(), kernels),
                BoundGraph.of(data.graph(), model.relations()),
                data.known(),
                kernels,
                config.keep())
            .evaluate(Evaluator.sample(data.test(), 400), 2);
    assertTrue(evaluation.mean().mrr() >= 0.95, "seed " + SEED + ": " + evaluation);
  }
}
