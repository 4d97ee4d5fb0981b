package dev.espalier.kg.core.train;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ModelConfig.Lengths;
import dev.espalier.kg.core.model.PruningSchedule;
import dev.espalier.kg.core.model.TrainingConfig;

/**
 * Hyper-parameters for a graph about which nobody said anything.
 *
 * @param model shape and experts
 * @param training how to train it
 */
/*
 * By three facts of the training graph. Many relations: three hops say enough, and more overfit.
 * Dense (twenty edges an entity or more): every entity is near, so four hops, and pruning that
 * begins gently. Sparse: five hops, seven in a large graph, with more dropout in a small one. A large
 * graph is asked a part of its questions per epoch, so that there is a checkpoint and a validation
 * every few minutes; where it is sparse, too, twice as many entities are kept when it is asked
 * as in training. The values were chosen around published settings of the base model and by
 * validation parts. Length experts are off unless asked for.
 */
public record AutoConfig(ModelConfig model, TrainingConfig training) {

  private static final int MANY_RELATIONS = 100;
  private static final int DENSE = 20;
  private static final int LARGE = 50_000;
  private static final int KEEP = 100;
  private static final int QUERIES_PER_EPOCH = 20_000;

  public static AutoConfig of(KnowledgeGraph graph, int threads) {
    double degree = (double) graph.edgeCount() / Math.max(1, graph.entityCount());
    boolean large = graph.tripleCount() > LARGE;
    if (graph.relationCount() > MANY_RELATIONS) {
      return of(large, 32, 3, KEEP, Activation.RELU, 0.003, 0.3, 20, 1, threads);
    }
    if (degree >= DENSE) {
      return of(large, 48, 4, KEEP, Activation.TANH, 0.003, 0.02, 10, 1, threads);
    }
    if (large) {
      return of(true, 48, 7, 4 * KEEP, Activation.IDENTITY, 0.004, 0.02, 16, 0, threads);
    }
    return of(false, 32, 5, KEEP, Activation.IDENTITY, 0.004, 0.3, 20, 0, threads);
  }

  private static AutoConfig of(
      boolean large,
      int dimension,
      int layers,
      int keep,
      Activation activation,
      double rate,
      double dropout,
      int batch,
      int warmUp,
      int threads) {
    ModelConfig model =
        new ModelConfig(
            dimension,
            8,
            layers,
            activation,
            keep,
            2,
            PruningSchedule.CONSTANT,
            new ModelConfig.Pruning(true, true, true, 2),
            new Lengths(false, Math.max(1, layers - 1), 2, 1, 0));
    int queries = large ? QUERIES_PER_EPOCH : 0;
    int epochs = large ? 60 : 15;
    int trainingKeep = keep > KEEP ? keep / 2 : keep;
    TrainingConfig training =
        new TrainingConfig(
            rate,
            1,
            5e-5,
            0.998,
            dropout,
            batch,
            epochs,
            8,
            queries,
            1000,
            trainingKeep,
            warmUp,
            0.01,
            threads);
    return new AutoConfig(model, training);
  }
}
