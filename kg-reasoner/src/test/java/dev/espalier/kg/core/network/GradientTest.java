package dev.espalier.kg.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.RandomGraphs;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.kernels.VectorKernels;
import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ModelConfig.Lengths;
import dev.espalier.kg.core.model.ModelConfig.Pruning;
import dev.espalier.kg.core.model.ParameterLayout.Tensor;
import dev.espalier.kg.core.model.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradientTest {

  private static final long SEED = 5;
  private static final float STEP = 2e-3f;

  private final Kernels kernels = new VectorKernels();
  private final KnowledgeGraph graph = RandomGraphs.of(40, 4, 120, SEED);
  private final BoundGraph bound = BoundGraph.of(graph, graph.relations());
  private final SplittableRandom random = new SplittableRandom(SEED);

  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyTensorsGradientIsTheSlopeOfTheLoss(Activation activation) {
    // Given a model that keeps all it reaches, with dropout and two of three lengths weighed
    ModelConfig config =
        ModelConfig.of(12, 4, 1000).with(activation).with(new Lengths(true, 2, 2, 1.3f, 0));
    float[] values = Weights.initial(config, 4, SEED);
    Weights weights = new Weights(config, 4, values, kernels);

    // When the gradient is computed
    Gradients gradients = gradients(weights, 1000);

    // Then it is the numeric slope, along a random direction in each tensor
    for (Tensor tensor : weights.layout().tensors()) {
      if (tensor.name().contains("pruning") || tensor.name().endsWith("noise")) {
        continue;
      }
      float[] direction = new float[values.length];
      double analytic = 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        direction[i] = (float) (random.nextDouble() * 2 - 1);
        analytic += direction[i] * gradients.values()[i];
      }
      double step = STEP * Math.max(1, 3 / Math.sqrt(tensor.size()));
      double numeric =
          (loss(weights, values, direction, step) - loss(weights, values, direction, -step))
              / (2 * step);
      assertEquals(
          numeric,
          analytic,
          2e-2 * Math.max(0.1, Math.abs(numeric)),
          tensor.name() + ", seed " + SEED);
    }
  }

  @Test
  void pruningExpertsLearnThroughWhatTheyKept() {
    // Given a model that keeps few
    ModelConfig config = ModelConfig.of(12, 3, 4).with(new Pruning(true, true, true, 3));
    Weights weights = new Weights(config, 4, Weights.initial(config, 4, SEED), kernels);

    // When the gradient is computed
    float[] sums = gradients(weights, 4).values();

    // Then the gate of every hop that prunes has one
    for (Tensor tensor : weights.layout().tensors()) {
      if (tensor.name().equals("layer.2.pruning.gate")) {
        double size = 0;
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          size += Math.abs(sums[i]);
        }
        assertTrue(size > 0, tensor.name());
      }
    }
  }

  private Gradients gradients(Weights weights, int keep) {
    Propagation forward = new Propagation(weights.config(), kernels, () -> 0);
    Loss loss = new Loss();
    loss(weights, forward, loss, keep);
    TransposedWeights transposed = new TransposedWeights(weights);
    Gradients gradients = new Gradients(weights.config(), weights.layout());
    new Backpropagation(weights.config(), kernels)
        .run(weights, transposed, forward, loss.gradient(), gradients, null, 0);
    gradients.finish(weights, transposed, kernels);
    return gradients;
  }

  private double loss(Weights weights, float[] values, float[] direction, double step) {
    float[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    Weights there = new Weights(weights.config(), 4, moved, kernels);
    Propagation forward = new Propagation(weights.config(), kernels, () -> 0);
    return loss(there, forward, new Loss(), 1000);
  }

  private double loss(Weights weights, Propagation forward, Loss loss, int keep) {
    Limits limits = Limits.of(keep, HiddenEdges.of(graph, 3, 1, 5));
    forward.run(weights, bound, 3, 1, limits, new Noise(9, 0.2f, false));
    int answer = forward.entity(forward.count() / 2);
    return loss.of(forward, graph.entityCount(), answer, new int[] {1, answer});
  }
}
