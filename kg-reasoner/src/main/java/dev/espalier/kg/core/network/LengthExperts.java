package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Weighs the lengths of the paths that a query needs. */
/*
 * MoKGR: c = MLP(h_Lmin(e_q) || e_rq), Q_l = E[l] . c, the top k1 lengths share the weight by a
 * softmax with a temperature, score(v) = sum_l g(l) s_l(v). The MLP is one hidden layer with ReLU,
 * whose output is c; e_rq is the relation embedding of layer Lmin. Where a budget ended the walk
 * early, the lengths that were not reached are not allowed.
 */
final class LengthExperts {

  private final Kernels kernels;
  private final int first;
  private final int dimension;
  final NoisyTopKGate gate;
  private final float[] context;
  private final float[] dContext;
  private boolean asked;

  LengthExperts(ModelConfig config, Kernels kernels) {
    this.kernels = kernels;
    this.first = config.firstScoredLayer();
    this.dimension = config.dimension();
    this.gate = new NoisyTopKGate(dimension, config.lengthCount());
    this.context = new float[2 * dimension];
    this.dContext = new float[2 * dimension];
  }

  /**
   * Weighs the lengths up to what was reached.
   *
   * @param completed at least the first scored layer
   */
  void forward(
      Weights weights, Layer[] layers, int relation, int completed, @Nullable Noise noise) {
    ModelConfig config = weights.config();
    asked = config.lengths().on() && config.lengthCount() > 1;
    if (!asked) {
      Arrays.fill(gate.weight, 0);
      gate.weight[completed - first] = 1;
      return;
    }
    ParameterLayout layout = weights.layout();
    float[] values = weights.values();
    System.arraycopy(layers[first - 1].state, 0, context, 0, dimension);
    int row = layout.layer(first).relation() + relation * dimension;
    System.arraycopy(values, row, context, dimension, dimension);
    System.arraycopy(values, layout.lengthBias(), gate.input, 0, dimension);
    kernels.multiply(
        1,
        2 * dimension,
        dimension,
        context,
        0,
        2 * dimension,
        1,
        values,
        layout.lengthHidden(),
        gate.input,
        0,
        true);
    for (int j = 0; j < dimension; j++) {
      gate.input[j] = Math.max(0, gate.input[j]);
    }
    for (int l = first; l <= config.layers(); l++) {
      gate.allow(l - first, l <= completed);
    }
    gate.forward(
        values,
        layout.lengthGate(),
        layout.lengthNoise(),
        config.lengths().decide(),
        config.lengths().temperature(),
        noise);
  }

  /** Whether the gate decided, so that there is something to learn. */
  boolean asked() {
    return asked;
  }

  /** The weight of a length, from 1. */
  float weight(int length) {
    return length < first ? 0 : gate.weight[length - first];
  }

  /** Adds the gradients of the gate's parameters, and of the query entity's state. */
  void backward(
      Weights weights,
      int relation,
      float[] dWeight,
      float[] dLoad,
      float[] gradients,
      float[] dFirstState) {
    ParameterLayout layout = weights.layout();
    float[] values = weights.values();
    float[] dHidden = new float[dimension];
    gate.backward(
        values, layout.lengthGate(), layout.lengthNoise(), dWeight, dLoad, gradients, dHidden);
    Arrays.fill(dContext, 0);
    for (int j = 0; j < dimension; j++) {
      if (gate.input[j] > 0) {
        gradients[layout.lengthBias() + j] += dHidden[j];
        for (int i = 0; i < 2 * dimension; i++) {
          int at = layout.lengthHidden() + i * dimension + j;
          gradients[at] += context[i] * dHidden[j];
          dContext[i] += values[at] * dHidden[j];
        }
      }
    }
    int row = layout.layer(first).relation() + relation * dimension;
    for (int i = 0; i < dimension; i++) {
      dFirstState[i] += dContext[i];
      gradients[row + i] += dContext[dimension + i];
    }
  }
}
